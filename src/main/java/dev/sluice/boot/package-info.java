/**
 * Puts a pod together, starts it in order, and drains it in order. The only package that knows all others; nothing
 * depends on it.
 *
 * <h2>How it works</h2>
 *
 * Each stage is deployed with one instance for each event loop, and all deployments go round the loops in the same
 * order, so that the instances of one number share a loop: an event is read from its socket, appended, fanned out and
 * often delivered without changing the thread. Only a lane that lives on another loop makes it change once.
 */
@NullMarked
package dev.sluice.boot;

import org.jspecify.annotations.NullMarked;
