package dev.sluice.delivery.redis;

import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.RateLimits;
import dev.sluice.delivery.policy.Grant;
import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.delivery.policy.pace.FoundPace;
import dev.sluice.delivery.policy.pace.SharedPace;
import dev.sluice.fault.Unreadables;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Pacing.RateLimit;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Rate limits in Redis; see the scripts for the arithmetic. A webhook that nothing was sent to lately has no key. */
public final class RedisRateLimits implements RateLimits {
    private static final Script TAKE = Script.load("lua/rate-take.lua").evenWhenFull();
    private static final Script BACK = Script.load("lua/rate-back.lua").evenWhenFull();
    private static final Script TELL = Script.load("lua/pace-tell.lua").evenWhenFull();
    private static final Script SLOW = Script.load("lua/pace-slow.lua").evenWhenFull();

    private final RedisLink link;
    private final Homes homes;
    private final Unreadables unreadable;
    private final long horizonMicros;

    /** @param horizon how far ahead of its time a token is granted */
    public RedisRateLimits(RedisLink link, Homes homes, Duration horizon) {
        this.link = link;
        this.homes = homes;
        this.unreadable = link.faults().unreadable("found pace");
        this.horizonMicros = micros(horizon);
        link.tell(TAKE, BACK, TELL, SLOW);
    }

    @Override
    public Future<Grant> take(LaneKey lane, RateLimit limit, int wanted) {
        if (wanted < 1) {
            throw new IllegalArgumentException("wanted: %d (expected: > 0)".formatted(wanted));
        }
        return link.call(TAKE.on(key(lane))
                        .with(texts(wanted, limit.limit(), micros(limit.period()), limit.burst(), horizonMicros)))
                .map(RedisRateLimits::grant);
    }

    private static Grant grant(Response answer) {
        return new Grant(
                answer.get(0).toInteger(),
                answer.get(1).toInteger(),
                Duration.of(answer.get(2).toLong(), ChronoUnit.MICROS),
                Duration.of(answer.get(3).toLong(), ChronoUnit.MICROS),
                Long.parseLong(answer.get(4).toString()));
    }

    @Override
    public void giveBack(LaneKey lane, RateLimit limit, TokenBucket.Surplus surplus) {
        link.call(BACK.on(key(lane))
                .with(texts(surplus.mark(), surplus.tokens(), limit.limit(), micros(limit.period()))));
    }

    @Override
    public Future<Optional<SharedPace>> pace(LaneKey lane, long taken) {
        return link.call(TELL.on(Keys.pace(shard(lane), lane.webhookId())).with(texts(taken)))
                .map(answer -> pace(lane, answer));
    }

    /** One that a newer version wrote in another form is in force nowhere here, and forgotten like any other. */
    private Optional<SharedPace> pace(LaneKey lane, Response answer) {
        Optional<SharedPace> pace = unreadable.read(lane.webhookId(), () -> PaceText.read(answer));
        return pace == null ? Optional.empty() : pace;
    }

    @Override
    public Future<Optional<SharedPace>> slow(LaneKey lane, long mark, FoundPace pace, @Nullable RateLimit as) {
        return link.call(SLOW.on(Keys.pace(shard(lane), lane.webhookId()), key(lane))
                        .with(List.of(
                                String.valueOf(mark),
                                PaceText.write(pace),
                                String.valueOf(FoundPace.KEPT.toMillis()),
                                String.valueOf(as == null ? 0 : micros(as.period()) * as.burst() / as.limit()),
                                pace.isGuess() ? "1" : "0")))
                .map(answer -> pace(lane, answer));
    }

    private String key(LaneKey lane) {
        return Keys.rate(shard(lane), lane.webhookId());
    }

    private String shard(LaneKey lane) {
        return LaneScripts.name(homes.shardOf(lane.webhookId()));
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static List<String> texts(long... numbers) {
        return LongStream.of(numbers).mapToObj(String::valueOf).toList();
    }
}
