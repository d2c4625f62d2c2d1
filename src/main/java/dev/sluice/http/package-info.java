/**
 * What every HTTP edge of the gateway shares: the door that requests come in through, problems and how they are written,
 * JSON bodies, the listener's options, what becomes of a body that nobody wants.
 */
@NullMarked
package dev.sluice.http;

import org.jspecify.annotations.NullMarked;
