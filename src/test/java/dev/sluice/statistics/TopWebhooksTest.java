package dev.sluice.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.LaneKey;
import dev.sluice.testing.InMemoryStatistics;
import dev.sluice.testing.ManualTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class TopWebhooksTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Map<String, Map<String, LongSupplier>> shown = new LinkedHashMap<>();
    private int changes;

    private final TopWebhooks top = new TopWebhooks(
            2,
            new TopListener() {
                @Override
                public void entered(String webhookId, Map<String, LongSupplier> counts) {
                    changes++;
                    assertThat(shown.put(webhookId, counts)).isNull();
                    assertThat(shown).hasSizeLessThanOrEqualTo(2);
                }

                @Override
                public void left(String webhookId) {
                    assertThat(shown.remove(webhookId)).isNotNull();
                }
            },
            ticker);

    private void delivered(String webhook, int times) {
        top.counted(webhook, new Sums().add(Sums.DELIVERED, times));
    }

    private void minutes(int minutes, Runnable each) {
        for (int i = 0; i < minutes; i++) {
            each.run();
            ticker.advance(Duration.ofMinutes(1));
            top.turn();
        }
    }

    private long count(String webhook, String outcome) {
        return shown.get(webhook).get(outcome).getAsLong();
    }

    @Test
    void takeAFreePlaceAtOnce() {
        delivered("a", 1);
        delivered("b", 1);
        delivered("c", 100);
        assertThat(shown).containsOnlyKeys("a", "b");
    }

    @Test
    void keepTheirPlaceForTenMinutesThoughOthersHaveMore() {
        delivered("a", 1);
        delivered("b", 1);
        minutes(9, () -> delivered("c", 100));
        assertThat(shown).containsOnlyKeys("a", "b");
        minutes(1, () -> {
            delivered("c", 100);
            delivered("a", 1);
        });
        assertThat(shown).containsOnlyKeys("a", "c");
    }

    @Test
    void keepTheirPlaceAsLongAsNobodyHasMore() {
        minutes(60, () -> {
            delivered("a", 5);
            delivered("b", 3);
            delivered("c", 1);
        });
        assertThat(shown).containsOnlyKeys("a", "b");
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void leaveWhenNothingHappenedForLong() {
        delivered("a", 1);
        minutes(60, () -> delivered("b", 1));
        assertThat(shown).containsKey("a");
        minutes(10, () -> delivered("b", 1));
        assertThat(shown).containsOnlyKeys("b");
    }

    @Test
    void changeNoMoreOftenThanThereArePlacesInTenMinutesHoweverManyTakeTurns() {
        int[] turn = {0};
        minutes(100, () -> {
            for (int i = 0; i < 50; i++) {
                delivered("w" + turn[0]++ % 997, 1_000 + turn[0]);
            }
        });
        assertThat(changes).isBetween(3, 22);
    }

    @Test
    void areCountedByWhatCameOfTheirAttemptsSinceTheyHaveAPlace() {
        top.counted("a", new Sums().add(Sums.DELIVERED, 2).add(Sums.FAILED, 3).add(Sums.STATUS + 500, 3));
        top.counted("a", new Sums().add(Sums.REFUSED, 4).add(Sums.DEAD, 1).add(Sums.DELIVERED, 1));
        assertThat(count("a", "delivered")).isEqualTo(3);
        assertThat(count("a", "failed")).isEqualTo(3);
        assertThat(count("a", "refused")).isEqualTo(4);
        assertThat(count("a", "dead")).isEqualTo(1);
    }

    @Test
    void areComparedWithBoundedMemoryAndTheBusiestStillGetsIn() {
        minutes(12, () -> {
            for (int i = 0; i < 10_000; i++) {
                delivered("w" + i, 1);
            }
            assertThat(top.known()).isEqualTo(TopWebhooks.MOST_KNOWN);
        });
        minutes(12, () -> delivered("busy", 1_000));
        assertThat(shown).containsKey("busy");
    }

    @Test
    void areToldWhatIsAddedToTheStatistics() {
        InMemoryStatistics written = new InMemoryStatistics();
        Statistics ranked = new RankedStatistics(written, top);
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        ranked.add(now, Map.of(new LaneKey("a", "t"), new Sums().add(Sums.DELIVERED, 2)), Map.of());
        assertThat(count("a", "delivered")).isEqualTo(2);
        assertThat(ranked.ofWebhook("a", Period.HOUR, now).result().total().of(Sums.DELIVERED))
                .isEqualTo(2);
    }
}
