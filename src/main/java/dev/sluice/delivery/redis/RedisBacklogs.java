package dev.sluice.delivery.redis;

import dev.sluice.delivery.BacklogListener;
import dev.sluice.delivery.BacklogListener.Backlog;
import dev.sluice.delivery.BacklogListener.Part;
import dev.sluice.delivery.BacklogListener.State;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.subscription.Homes;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What waits in Redis, for whoever looks at the whole. Every pod asks, and Redis counts for all of them together. */
public final class RedisBacklogs {
    private static final Script WAITING =
            Script.load("lua/delivery-waiting.lua").evenWhenFull();

    /** Webhooks of a shard that are looked at: some 1.5 ms of Redis. */
    static final int WEBHOOKS = 250;

    /** For which an answer serves all pods; a little less than between two questions of one. */
    private static final Duration SERVES = Duration.ofMillis(4500);

    private final RedisLink link;
    private final Homes homes;
    private final Duration serves;
    private final Ticker ticker;
    private final BacklogListener listener;

    public RedisBacklogs(RedisLink link, Homes homes, Ticker ticker, BacklogListener listener) {
        this(link, homes, ticker, SERVES, listener);
    }

    RedisBacklogs(RedisLink link, Homes homes, Ticker ticker, Duration serves, BacklogListener listener) {
        this.link = link;
        this.homes = homes;
        this.ticker = ticker;
        this.serves = serves;
        this.listener = listener;
    }

    /** Fails if Redis is away. */
    public Future<Void> look() {
        return Future.join(
                        IntStream.range(0, homes.shards()).mapToObj(this::look).toList())
                .mapEmpty();
    }

    private Future<Void> look(int shard) {
        String name = LaneScripts.name(shard);
        List<String> prefixes =
                List.of(Keys.due(name, ""), Keys.rest(name, ""), Keys.backlog(name, ""), Keys.dead(name, ""));
        long asked = ticker.nanos();
        return link.call(WAITING.on(Keys.wake(name), Keys.graves(name), Keys.waiting(name))
                        .with(prefixes)
                        .with(WEBHOOKS, serves.toMillis()))
                .onSuccess(answer -> {
                    listener.answered(Duration.ofNanos(ticker.nanos() - asked));
                    listener.waits(shard, backlog(answer.toString()));
                })
                .mapEmpty();
    }

    private static Backlog backlog(String answer) {
        long[] numbers =
                Arrays.stream(answer.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        Map<State, Part> parts =
                Map.of(State.DUE, part(numbers, 0), State.RESTING, part(numbers, 2), State.LATER, part(numbers, 4));
        return new Backlog(parts, numbers[6], numbers[7], Duration.ofMillis(numbers[8]));
    }

    private static Part part(long[] numbers, int at) {
        return new Part(numbers[at], Duration.ofMillis(numbers[at + 1]));
    }
}
