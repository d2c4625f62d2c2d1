package dev.sluice.fanout;

import static dev.sluice.fanout.FakeReader.entry;
import static dev.sluice.fanout.FakeReader.keyed;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.journal.Entry;
import dev.sluice.subscription.Match;
import dev.sluice.testing.Webhooks;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FanoutEndsTest extends FanoutHarness {
    @Test
    void readsNoMoreAfterItWasToldToStopButSettlesWhatIsUnderWay() {
        reader.answer(entries(0, 1));
        fanout.stopPlacing();
        reader.answer();
        assertThat(reader.isAsked()).isFalse();
        settle(0, "wh_1");
        assertThat(reader.acknowledged).hasSize(1);
    }

    /** It was placed and parked while the journal gave the same event to another pod: a repeat for each drain. */
    @Test
    void givesBackWhatAReadBringsAfterItWasToldToStopAndPlacesNoneOfIt() {
        reader.answer(entries(0, 1));
        fanout.stopPlacing();
        Future<Void> ended = fanout.stop();
        assertThat(ended.isComplete()).isFalse();
        reader.answer(entries(1, 2));
        assertThat(ended.succeeded()).isTrue();
        assertThat(placed()).hasSize(1);
        assertThat(reader.released)
                .containsExactly(entry(event(0)).ref(), entry(event(1)).ref());
    }

    @Test
    void releasesWhatIsUnsettledWhenItEndsAndNotesWhatIs() {
        registry.save(Webhooks.webhook("wh_2", "**"));
        reader.answer(entries(0, 2));
        settle(0, "wh_1", "wh_2");
        settle(1, "wh_1");
        Future<Void> ended = fanout.stop();
        reader.answer();
        assertThat(ended.succeeded()).isTrue();
        assertThat(reader.released).containsExactly(entry(event(1)).ref());
        assertThat(reader.noted.get(entry(event(1)).ref())).containsExactly("wh_1");
        assertThat(reader.closed).isTrue();
    }

    @Test
    void placesNothingOfALateTenantAfterItEnded() {
        registry.away = true;
        reader.answer(entries(0, 1));
        fanout.stop();
        registry.away = false;
        timers.advance(Duration.ofMinutes(1));
        assertThat(placed()).isEmpty();
        assertThat(reader.acknowledged).isEmpty();
    }

    @Test
    void saysInWhichEpochAnEventWasRead() {
        reader.answer(keyed(event(0), 7), entry(event(1)));
        assertThat(placed()).extracting(Match::epoch).containsExactly(7L, 0L);
    }

    @Test
    void placesNothingOfALeaseThatWasLostWhileItsTenantWasLoaded() {
        registry.away = true;
        reader.answer(keyed(event(0), 7), keyed(event(1), 8));
        reader.lost.add(7L);
        registry.away = false;
        timers.advance(Duration.ofSeconds(1));
        assertThat(placed()).extracting(Match::event).containsExactly(event(1));
    }

    /** The same reader may have the partition again: what is unsettled of the new lease was counted down. */
    @Test
    void setsNothingAsideOfALeaseThatWasLostWhileItsTenantWasLoaded() {
        timers.advance(Duration.ofMillis(50));
        registry.away = true;
        reader.answer(keyed(event(0), 7), keyed(event(1), 8));
        timers.advance(Duration.ofMillis(150));
        reader.lost.add(7L);
        registry.broken = "default";
        timers.advance(Duration.ofMillis(100));
        assertThat(reader.setAside).containsExactly(keyed(event(1), 8).ref());
    }

    /** A lane may give it back untried, and the reader that has the lease now delivers it. */
    @Test
    void doesNotAcknowledgeWhatALaneGivesBackOfALostLease() {
        reader.answer(keyed(event(0), 7), keyed(event(1), 8));
        reader.lost.add(7L);
        settle(0, "wh_1");
        settle(1, "wh_1");
        timers.advance(Duration.ofSeconds(1));
        settle(0, "wh_1");
        assertThat(reader.acknowledged).containsExactly(keyed(event(1), 8).ref());
        assertThat(tally.settled).isEqualTo(1);
    }

    @Test
    void hasItsCreditBackForWhatItLostWithALease() {
        reader.answer(IntStream.range(0, 16).mapToObj(i -> keyed(event(i), 7)).toArray(Entry[]::new));
        assertThat(reader.isAsked()).isFalse();
        reader.lost.add(7L);
        timers.advance(Duration.ofSeconds(1));
        assertThat(reader.asked()).isEqualTo(10);
        reader.answer(IntStream.range(0, 10).mapToObj(i -> keyed(event(i), 8)).toArray(Entry[]::new));
        assertThat(reader.asked()).isEqualTo(6);
        fanout.stop();
        reader.answer();
        assertThat(reader.released).hasSize(10);
    }

    /** The lanes end next: what came to them later was parked there and given back here, and delivered twice. */
    @Test
    void placesNothingOfALateTenantAfterItWasToldToStop() {
        registry.away = true;
        reader.answer(entries(0, 1));
        fanout.stopPlacing();
        registry.away = false;
        timers.advance(Duration.ofMinutes(1));
        assertThat(placed()).isEmpty();
        fanout.stop();
        reader.answer();
        assertThat(reader.released).containsExactly(entry(event(0)).ref());
    }

    @Test
    void tellsItsReaderThatItWillReadNoMore() {
        assertThat(reader.retired).isFalse();
        fanout.stopPlacing();
        assertThat(reader.retired).isTrue();
    }
}
