package dev.sluice.statistics.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.redis.RedisLink;
import dev.sluice.statistics.Period;
import dev.sluice.statistics.Series;
import dev.sluice.statistics.Statistics;
import dev.sluice.statistics.StatisticsContract;
import dev.sluice.statistics.Sums;
import dev.sluice.subscription.Homes;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisStatisticsTest extends StatisticsContract {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;
    private Statistics statistics;

    @BeforeEach
    void open() {
        link = LOOP.get(
                () -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "statistics")));
        LOOP.get(link::up);
        statistics = new RedisStatistics(link, new Homes(4, 1));
    }

    @AfterEach
    void close() {
        LOOP.get(() -> link.close());
    }

    @Override
    protected Statistics statistics() {
        return statistics;
    }

    @Override
    protected <T> T get(Supplier<Future<T>> call) {
        return LOOP.get(call);
    }

    @Test
    void tellsTwentyStatusesOfAMinuteApartAndNoMore() {
        Instant now = Instant.parse("2026-11-28T10:30:20Z");
        for (int status = 100; status < 200; status++) {
            add(now, LANE, new Sums().add(Sums.STATUS + status, 1).add(Sums.FAILED, 1));
        }
        Series hour = of(Period.HOUR);
        Map<String, Long> statuses = hour.total().by(Sums.STATUS);
        assertThat(statuses).hasSize(21).containsEntry("0", 80L).containsEntry("119", 1L);
        assertThat(hour.total().of(Sums.FAILED)).isEqualTo(100);
    }

    @Test
    void takesOfAMonthAsMuchOfRedisAsIsSaid() {
        assertThat(bytesOfAMonth("wh_little", outcomes(1, 1, 1))).isBetween(70_000L, 110_000L);
        assertThat(bytesOfAMonth("wh_much", outcomes(100, 3, 9))).isBetween(500_000L, 770_000L);
        assertThat(bytesOfAMonth("wh_all", outcomes(1000, 21, 52))).isBetween(2_500_000L, 4_000_000L);
    }

    /** As many of each kind as are told apart, each counted so often. */
    private static Sums outcomes(int times, int statuses, int lengths) {
        Sums sums = new Sums().add(Sums.DELIVERED, times).add(Sums.NUMBER + 1, times);
        for (int i = 0; i < statuses; i++) {
            sums.add(Sums.STATUS + (200 + i), times);
        }
        for (int i = 0; i < lengths; i++) {
            sums.add("t" + i, times).add("a" + i, times);
        }
        boolean isAll = lengths == 52;
        for (int number = 2; number <= 10 && isAll; number++) {
            sums.add(Sums.NUMBER + number, times);
        }
        for (Answer.Kind kind : isAll ? Answer.Kind.values() : new Answer.Kind[0]) {
            sums.add(Sums.ERROR + kind.name().toLowerCase(Locale.ROOT), times);
        }
        return sums;
    }

    private long bytesOfAMonth(String webhookId, Sums sums) {
        LaneKey lane = new LaneKey(webhookId, "acme");
        Instant now = Instant.parse("2026-11-28T10:59:30Z");
        for (int hour = 0; hour < 32 * 24; hour++) {
            Instant at = now.minus(Duration.ofHours(hour));
            int minutes = hour < 27 ? 60 : 1; // those before are forgotten by then
            get(() -> Future.all(IntStream.range(0, minutes)
                    .mapToObj(minute ->
                            statistics.add(at.minus(Duration.ofMinutes(minute)), Map.of(lane, sums), Map.of()))
                    .toList()));
        }
        return bytes(webhookId);
    }

    /** Without hashes of one minute alone. */
    private long bytes(String webhookId) {
        Response keys = get(() -> link.send(Request.cmd(Command.KEYS).arg("*" + webhookId)));
        return keys.stream()
                .map(Response::toString)
                .filter(key ->
                        get(() -> link.send(Request.cmd(Command.HLEN).arg(key))).toLong() > 1)
                .mapToLong(key -> get(() -> link.send(
                                Request.cmd(Command.MEMORY).arg("USAGE").arg(key)))
                        .toLong())
                .sum();
    }

    @Test
    void countsBeyondWhatLuaWritesAsAnInteger() {
        Instant now = Instant.parse("2026-11-28T10:30:20Z");
        add(now, LANE, new Sums().add(Sums.DELIVERED, 400_000_000_000_000L));
        add(now, LANE, new Sums().add(Sums.DELIVERED, 1));
        assertThat(of(Period.HOUR).total().of(Sums.DELIVERED)).isEqualTo(400_000_000_000_001L);
    }
}
