package dev.sluice.delivery.redis;

import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.DeadLetter;
import dev.sluice.delivery.DeadLetters.Filter;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Claimed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedisDeadLettersTest extends RedisDeadLettersHarness {
    private List<Claimed> claim(LaneKey lane) {
        return LOOP.get(() -> parking.claim(lane, 1000)).deliveries();
    }

    private long[] counts(LaneKey lane) {
        return LOOP.get(() -> letters.counts(lane.webhookId()));
    }

    @Test
    void tellsEverythingAboutALetter() {
        String id = bury(ONE, event(1, "entry.create")).get(0);
        DeadLetter letter = LOOP.get(() -> letters.find(id)).orElseThrow();
        assertThat(letter)
                .isEqualTo(new DeadLetter(
                        id,
                        "wh_1",
                        "default",
                        "evt_00000001",
                        "entry.create",
                        2,
                        "exhausted",
                        letter.diedAt(),
                        "{\"number\":1}\n{\"number\":2}\n"));
        assertThat(list(ALL, null, 10).letters()).containsExactly(letter);
    }

    @Test
    void findsNeitherWhatIsParkedNorWhatIsNot() {
        Outcome park = new Outcome.Park(failed(ONE, event(1)), 1, Duration.ZERO);
        LOOP.get(() -> parking.write(ONE, List.of(park), Duration.ZERO));
        assertThat(LOOP.get(() -> letters.find(park.delivery().id()))).isEmpty();
        assertThat(LOOP.get(() -> letters.find("dlv_2_1"))).isEmpty();
        assertThat(LOOP.get(() -> letters.find("nonsense"))).isEmpty();
    }

    @Test
    void retriedLetterIsDueAtOnceAsIfNeverTriedButWithItsHistory() {
        String id = bury(ONE, event(1)).get(0);
        assertThat(LOOP.get(() -> letters.retry(id))).isTrue();
        assertThat(LOOP.get(() -> letters.find(id))).isEmpty();
        Claimed claimed = claim(ONE).get(0);
        assertThat(claimed.attempts()).isZero();
        assertThat(claimed.history()).startsWith("{\"number\":1}");
        assertThat(claimed.event()).isEqualTo(event(1));
        assertThat(LOOP.get(() -> letters.retry(id))).isFalse();
    }

    @Test
    void retriedLetterThatFailsAgainIsALetterAgain() {
        String id = bury(ONE, event(1)).get(0);
        LOOP.get(() -> letters.retry(id));
        Claimed claimed = claim(ONE).get(0);
        Delivery again = new Delivery(
                id, claimed.event(), "wh_1", null, 1, "again", new Delivery.Origin.Parked(claimed.place()));
        LOOP.get(() -> parking.write(ONE, List.of(new Outcome.Bury(again, 0, "gone")), Duration.ZERO));
        assertThat(LOOP.get(() -> letters.find(id)).orElseThrow().lastOutcome()).isEqualTo("gone");
    }

    @Test
    void purgedLetterLeavesNothingBehind() {
        String id = bury(ONE, event(1)).get(0);
        assertThat(LOOP.get(() -> letters.purge(id))).isTrue();
        assertThat(LOOP.get(() -> letters.purge(id))).isFalse();
        assertThat(REDIS.command("DBSIZE")).isEqualTo(":0");
    }

    @Test
    void retriesAllLettersOfAFilterAndNoOthers() {
        for (int i = 0; i < 500; i += 2) {
            bury(ONE, event(i, "entry.create"), event(i + 1, "media.create"));
        }
        Filter entries = new Filter("default", null, null, null, List.of("entry.*"));
        assertThat(LOOP.get(() -> letters.retry(entries))).isEqualTo(250);
        assertThat(claim(ONE))
                .hasSize(250)
                .allMatch(claimed -> claimed.event().type().equals("entry.create"));
        assertThat(allPages(ALL, 100)).hasSize(250);
    }

    @Test
    void purgesAllLettersOfAFilterAndNoOthers() {
        bury(ONE, events(0, 450));
        List<String> kept = bury(TWO, events(0, 3));
        assertThat(LOOP.get(() -> letters.purge(new Filter("default", "wh_1", null, null, List.of()))))
                .isEqualTo(450);
        assertThat(allPages(ALL, 100)).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void countsWhatIsParkedAndWhatIsDead() {
        bury(ONE, events(0, 3));
        LOOP.get(() ->
                parking.write(ONE, List.of(new Outcome.Park(failed(ONE, event(9)), 1, Duration.ZERO)), Duration.ZERO));
        assertThat(counts(ONE)).containsExactly(1, 3);
        assertThat(counts(TWO)).containsExactly(0, 0);
    }

    @Test
    void forgetsLettersWhenTheirTimeIsUp() {
        parking = parking(Duration.ofMillis(30));
        String id = bury(ONE, event(1)).get(0);
        LOOP.until(() -> letters.find(id), Optional::isEmpty);
        LOOP.until(() -> letters.counts("wh_1"), counts -> counts[1] == 0);
        assertThat(allPages(ALL, 10)).isEmpty();
        bury(TWO, event(2));
        LOOP.until(() -> letters.counts("wh_2"), counts -> counts[1] == 0);
    }
}
