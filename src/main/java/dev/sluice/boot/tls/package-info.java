/**
 * The files that make a listener speak TLS: read at the start, which fails if they cannot be used, and looked at every few
 * seconds, so that whoever renews them (a mounted secret, certbot) needs no restart.
 *
 * <p>What cannot be used later is said once and changes nothing: the former certificate goes on, and its end is a meter. Who
 * renews often writes one file before the other, so a mistake is only believed when two looks in a row found the same.
 */
@NullMarked
package dev.sluice.boot.tls;

import org.jspecify.annotations.NullMarked;
