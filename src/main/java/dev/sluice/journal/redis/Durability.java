package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.line.Written;
import dev.sluice.redis.trouble.RedisUnavailable;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold, beside the answers of the commands themselves, before events are acknowledged.
 *
 * <p>{@code none}: nothing. {@code fsync}: {@code WAITAOF 1 0} (Redis 7.2, Valkey); a server without it answers only after
 * its own fsync ({@code appendfsync always}), or events are refused before they are stored ({@code redis.FitnessWatch}).
 * {@code replicas}: {@code WAIT n}. Both waits stand at the end of the same write and speak for everything before them on
 * the connection.
 */
final class Durability {
    private static final Command WAITAOF = Command.create("waitaof");

    private final RedisLink link;
    private final JournalConfig config;

    // confined to the context of the link
    private boolean serverCanWait;
    private boolean known;
    private Future<Void> learnt = Future.failedFuture(new RedisUnavailable("not connected yet"));

    Durability(RedisLink link, JournalConfig config) {
        this.link = link;
        this.config = config;
        this.known = config.durability() != JournalConfig.Durability.FSYNC;
        if (!known) {
            link.onUp(this::learn);
        }
    }

    private void learn() {
        known = false;
        learnt = link.send(Request.cmd(Command.COMMAND).arg("INFO").arg("waitaof"))
                .map(answer -> answer.size() > 0 && answer.get(0) != null)
                .otherwise(true)
                .onSuccess(can -> {
                    serverCanWait = can;
                    known = true;
                })
                .mapEmpty();
    }

    /** Whether it is known what to ask for; until then nothing may be written, or it would be stored and answered with 503. */
    boolean isKnown() {
        return known;
    }

    /** Fails if the link was never connected. */
    Future<Void> learnt() {
        return learnt;
    }

    boolean asks() {
        return switch (config.durability()) {
            case NONE -> false;
            case FSYNC -> serverCanWait;
            case REPLICAS -> true;
        };
    }

    /**
     * Writes what a later write to another master of a cluster relies on: {@link #failure} says what of it does not hold. One
     * server loses the later write with this one, so there nothing is waited for.
     */
    Future<Written> ahead(List<Request> requests) {
        return link.write(requests, asksAhead() ? request() : null);
    }

    private boolean asksAhead() {
        return asks() && !link.isOneServer();
    }

    /** Why one of those that were written {@link #ahead} is not to be relied on; null if it is. */
    @Nullable
    Throwable failure(Written ahead, int index) {
        if (!ahead.isDone(index)) {
            return ahead.failure(index);
        }
        return asksAhead() ? missing(ahead.behind(index)) : null;
    }

    Request request() {
        long timeout = config.durabilityTimeout().toMillis();
        return config.durability() == JournalConfig.Durability.REPLICAS
                ? Request.cmd(Command.WAIT).arg(config.replicas()).arg(timeout)
                : Request.cmd(WAITAOF).arg(1).arg(0).arg(timeout);
    }

    /**
     * Null if what was written before it is durable.
     *
     * @param answer to {@link #request()}
     */
    @Nullable
    Throwable missing(@Nullable Response answer) {
        boolean replicas = config.durability() == JournalConfig.Durability.REPLICAS;
        int reached = answer == null ? 0 : (replicas ? answer : answer.get(0)).toInteger();
        int needed = replicas ? config.replicas() : 1;
        return reached >= needed
                ? null
                : new RedisUnavailable("%d of %d %s have the events (journal.durability)"
                        .formatted(reached, needed, replicas ? "replicas" : "disks"));
    }
}
