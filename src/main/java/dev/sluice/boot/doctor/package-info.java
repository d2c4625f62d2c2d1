/**
 * {@code java -jar sluice.jar doctor [URL ...]}: what a person on call would look at, one line each, and what to do about what is
 * not well. It reads the settings as a pod would, changes nothing, and sends nothing to a URL but a handshake.
 */
@NullMarked
package dev.sluice.boot.doctor;

import org.jspecify.annotations.NullMarked;
