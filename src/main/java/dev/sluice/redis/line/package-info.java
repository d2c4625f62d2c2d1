/**
 * A connection to one server: found, made, watched, and made again when it is lost.
 *
 * <pre>
 *  Lines                  the connections of one link, whatever the form of Redis
 *   └ OneLine             all keys are on one server
 *      └ WatchedConnection   watched, and made again
 *         ├ Whereabouts   which server: always the same, or the one that Sentinels name
 *         ├ Door          makes it: TLS, user, database
 *         └ Pipeline      what is under way on it
 * </pre>
 *
 * <h2>A master that dies, with Sentinels</h2>
 *
 * Each new connection asks for the master again, and asks it whether it is one: until the Sentinels have agreed on another,
 * they name the former. A master that has become a replica refuses a write, or the Sentinels cut its connections; both lead
 * to the same question. Nothing is subscribed to: the question is asked when it matters, and the announcement may be lost.
 */
@NullMarked
package dev.sluice.redis.line;

import org.jspecify.annotations.NullMarked;
