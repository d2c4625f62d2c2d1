/**
 * When a connection had better carry no more.
 *
 * <p>{@code Traffic} is what one connection has carried, {@code Habit} what its server was seen to take, and {@code Habits}
 * has those of all servers that one event loop calls. They know of connections and of time, and nothing of requests or
 * answers: {@code http} says what happened, asks, and acts on it.
 */
@NullMarked
package dev.sluice.delivery.send.http.wear;

import org.jspecify.annotations.NullMarked;
