package dev.sluice.delivery.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.delivery.RateLimits;
import dev.sluice.delivery.RateLimitsContract;
import dev.sluice.delivery.policy.Grant;
import dev.sluice.delivery.policy.TokenBucket.Surplus;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRateLimitsTest extends RateLimitsContract {
    private static final String KEY = Keys.rate("q0", LANE.webhookId());

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    /** Each pod has its own. */
    private List<RedisLink> links;

    private List<RateLimits> pods;

    @BeforeEach
    void open() {
        links = Stream.generate(RedisRateLimitsTest::link).limit(3).toList();
        pods = links.stream().map(RedisRateLimitsTest::limits).toList();
    }

    private static RedisLink link() {
        RedisLink link =
                LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "rate")));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        return link;
    }

    @AfterEach
    void close() {
        links.forEach(link -> LOOP.get(link::close));
    }

    @Override
    protected RateLimits limits() {
        return pods.get(0);
    }

    private static RateLimits limits(RedisLink link) {
        return LOOP.get(() -> Future.succeededFuture(new RedisRateLimits(link, new Homes(1, 1), HORIZON)));
    }

    @Override
    protected <T> T get(Supplier<Future<T>> call) {
        return LOOP.get(call);
    }

    private long redisMicros() {
        Response time = LOOP.get(() -> links.get(0).send(Request.cmd(Command.TIME)));
        return time.get(0).toLong() * 1_000_000 + time.get(1).toLong();
    }

    private long answered(String... command) {
        return Long.parseLong(REDIS.command(command).substring(1));
    }

    @Test
    void threePodsTogetherAreNeverGrantedMoreThanTheLimit() {
        RateLimit limit = new RateLimit(500, Duration.ofSeconds(1), 20);
        SplittableRandom chance = new SplittableRandom(11);
        long began = redisMicros();
        long granted = 0;
        for (int ask = 0; ask < 1500; ask++) {
            int pod = ask % 3;
            int wanted = 1 + chance.nextInt(30);
            Grant grant = LOOP.get(() -> pods.get(pod).take(LANE, limit, wanted));
            granted += grant.tokens();
            if (ask % 20 == 0 && grant.tokens() > 0) {
                LOOP.run(() -> pods.get(pod).giveBack(LANE, limit, new Surplus(1, grant.mark())));
                granted--;
            }
            double most = 20 + 500 * ((redisMicros() - began) / 1e6 + HORIZON.toMillis() / 1e3);
            assertThat((double) granted).isLessThanOrEqualTo(most);
        }
        assertThat(granted).isPositive();
    }

    @Test
    void everyTokenHasItsOwnTime() {
        RateLimit limit = new RateLimit(1000, Duration.ofSeconds(1), 1);
        long before = Long.MIN_VALUE;
        for (int ask = 0; ask < 200; ask++) {
            int pod = ask % 3;
            long asked = redisMicros();
            Grant grant = LOOP.get(() -> pods.get(pod).take(LANE, limit, 7));
            if (grant.paced() > 0) {
                long latest = redisMicros() + grant.firstIn().toNanos() / 1000;
                assertThat(latest).isGreaterThan(before);
                before = asked + grant.firstIn().toNanos() / 1000 + (grant.paced() - 1) * 1000L;
            }
        }
    }

    @Test
    void leavesNothingBehindWhenTheBucketIsFullAgain() {
        Grant grant = take(hourly(10), 3);
        assertThat(answered("PTTL", KEY))
                .isBetween(Duration.ofHours(2).toMillis(), Duration.ofHours(3).toMillis());
        giveBack(hourly(10), 3, grant);
        assertThat(answered("EXISTS", KEY)).isZero();
    }

    @Test
    void goesOnSoonAfterTheClockOfRedisWentBack() {
        long tomorrow = redisMicros() + Duration.ofDays(1).toMillis() * 1000;
        REDIS.command("SET", KEY, String.valueOf(tomorrow));
        RateLimit hundred = new RateLimit(100, Duration.ofSeconds(1), 5);
        assertThat(take(hundred, 1).moreIn()).isLessThanOrEqualTo(Duration.ofMillis(10));
        assertThat(LOOP.until(() -> limits().take(LANE, hundred, 1), grant -> grant.tokens() > 0)
                        .firstIn())
                .isLessThanOrEqualTo(HORIZON);
    }

    @Test
    void grantsAgainAfterRedisForgotItsScripts() {
        REDIS.command("SCRIPT", "FLUSH");
        assertThat(take(hourly(2), 1).tokens()).isEqualTo(1);
    }

    @Test
    void grantsNothingWhileRedisIsAway() {
        take(hourly(2), 1);
        REDIS.kill();
        assertThatThrownBy(() -> take(hourly(2), 1)).isInstanceOf(RedisUnavailable.class);
    }
}
