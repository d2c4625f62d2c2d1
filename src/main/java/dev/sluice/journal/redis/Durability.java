package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.RedisUnavailable;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;

/**
 * What must hold, beside the answers of the commands themselves, before events are acknowledged.
 *
 * <p>{@code none}: nothing. {@code fsync}: nothing more where the server answers only after its own fsync
 * ({@code appendfsync always}), else {@code WAITAOF 1 0} (Redis 7.2, Valkey). {@code replicas}: {@code WAIT n}. Both
 * waits stand at the end of the same write and speak for everything before them on the connection.
 */
final class Durability {
    private static final Command WAITAOF = Command.create("waitaof");

    private final JournalConfig config;

    /** Unknown is "no": until the server has said otherwise, ask it each time. */
    private boolean serverSyncsAlways;

    Durability(RedisLink link, JournalConfig config) {
        this.config = config;
        if (config.durability() == JournalConfig.Durability.FSYNC) {
            link.onUp(() -> learn(link));
        }
    }

    private void learn(RedisLink link) {
        serverSyncsAlways = false;
        link.send(Request.cmd(Command.CONFIG).arg("GET").arg("append*"))
                .onSuccess(answer -> serverSyncsAlways = isAlways(answer));
    }

    private static boolean isAlways(Response answer) {
        boolean on = false;
        boolean always = false;
        for (int i = 0; i + 1 < answer.size(); i += 2) {
            String name = answer.get(i).toString();
            String value = answer.get(i + 1).toString();
            on |= name.equals("appendonly") && value.equals("yes");
            always |= name.equals("appendfsync") && value.equals("always");
        }
        return on && always;
    }

    boolean asks() {
        return switch (config.durability()) {
            case NONE -> false;
            case FSYNC -> !serverSyncsAlways;
            case REPLICAS -> true;
        };
    }

    Request request() {
        long timeout = config.durabilityTimeout().toMillis();
        return config.durability() == JournalConfig.Durability.REPLICAS
                ? Request.cmd(Command.WAIT).arg(config.replicas()).arg(timeout)
                : Request.cmd(WAITAOF).arg(1).arg(0).arg(timeout);
    }

    /** @param answers of a write that ended with {@link #request()} if {@link #asks()} said so when it was made */
    Future<Void> holds(List<Response> answers, boolean asked) {
        if (!asked) {
            return Future.succeededFuture();
        }
        Response last = answers.get(answers.size() - 1);
        boolean replicas = config.durability() == JournalConfig.Durability.REPLICAS;
        int reached = replicas ? last.toInteger() : last.get(0).toInteger();
        int needed = replicas ? config.replicas() : 1;
        return reached >= needed
                ? Future.succeededFuture()
                : Future.failedFuture(new RedisUnavailable("%d of %d %s have the events (journal.durability)"
                        .formatted(reached, needed, replicas ? "replicas" : "disks")));
    }
}
