package dev.sluice.statistics.redis;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
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
    void countsBeyondWhatLuaWritesAsAnInteger() {
        Instant now = Instant.parse("2026-11-28T10:30:20Z");
        add(now, LANE, new Sums().add(Sums.DELIVERED, 400_000_000_000_000L));
        add(now, LANE, new Sums().add(Sums.DELIVERED, 1));
        assertThat(of(Period.HOUR).total().of(Sums.DELIVERED)).isEqualTo(400_000_000_000_001L);
    }
}
