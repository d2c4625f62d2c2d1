package dev.sluice.redis.line;

import dev.sluice.redis.address.RedisAccess;
import dev.sluice.redis.address.RedisAddress;
import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whom more than half of the Sentinels name as the master: one may not have heard of another master yet. All links of a
 * process share it, so that Sentinels are not asked by each of them. Any thread.
 */
final class Agreement implements Shareable {
    private static final String SHARED = "dev.sluice.redis.sentinels";

    private final List<RedisNode> sentinels;
    private final Ticker ticker = Ticker.SYSTEM;

    // guarded by this
    private @Nullable Future<Optional<RedisNode>> last;
    private long askedAt;

    /** What one is told, another who has no password is not. */
    private record Asked(RedisAddress address, RedisAccess access) implements Shareable {}

    private Agreement(List<RedisNode> sentinels) {
        this.sentinels = sentinels;
    }

    /** The same one for all links to these Sentinels that show themselves alike. */
    static Agreement of(Vertx vertx, RedisTarget target) {
        return vertx.sharedData()
                .<Asked, Agreement>getLocalMap(SHARED)
                .computeIfAbsent(
                        new Asked(target.address(), target.access()),
                        first -> new Agreement(target.address().nodes()));
    }

    /**
     * Empty if no more than half of them say the same.
     *
     * @param age      so old an answer is believed
     * @param question to one of them; fails if it does not answer in time
     */
    synchronized Future<Optional<RedisNode>> ask(Duration age, Function<RedisNode, Future<RedisNode>> question) {
        long now = ticker.nanos();
        if (last == null || now - askedAt >= age.toNanos()) {
            askedAt = now;
            last = askAll(question);
        }
        return last;
    }

    private Future<Optional<RedisNode>> askAll(Function<RedisNode, Future<RedisNode>> question) {
        Promise<Optional<RedisNode>> agreed = Promise.promise();
        Map<RedisNode, Integer> named = new HashMap<>();
        List<Future<RedisNode>> answers = sentinels.stream().map(question).toList();
        answers.forEach(answer -> answer.onSuccess(master -> {
            if (named.merge(master, 1, Integer::sum) > sentinels.size() / 2) {
                agreed.tryComplete(Optional.of(master));
            }
        }));
        Future.join(answers).onComplete(all -> agreed.tryComplete(Optional.empty()));
        return agreed.future();
    }
}
