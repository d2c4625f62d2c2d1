package dev.sluice.fanout;

import static dev.sluice.fanout.FakeReader.entry;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.journal.Entry;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Webhooks;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FanoutTest extends FanoutHarness {
    @Test
    void asksForNoMoreEventsThanItHasCreditFor() {
        assertThat(reader.asked()).isEqualTo(10);
        reader.answer(entries(0, 10));
        assertThat(reader.asked()).isEqualTo(6);
        reader.answer(entries(10, 16));
        assertThat(reader.isAsked()).isFalse();
        settle(3, "wh_1");
        assertThat(reader.asked()).isEqualTo(1);
    }

    @Test
    void holdsCreditForEachDeliveryOfAnEvent() {
        registry.save(Webhooks.webhook("wh_2", "entry.*"));
        registry.save(Webhooks.webhook("wh_3", "entry.*"));
        registry.save(Webhooks.webhook("wh_4", "entry.*"));
        reader.answer(entries(0, 4));
        assertThat(reader.isAsked()).isFalse();
        settle(0, "wh_3");
        assertThat(reader.asked()).isEqualTo(1);
    }

    @Test
    void asksForNothingWhileItHoldsAllTheBytesItMay() {
        Entry large = entry(event(1, "entry.create", Buffer.buffer(new byte[BYTES])));
        reader.answer(large);
        assertThat(reader.isAsked()).isFalse();
        settle(0, "wh_1");
        assertThat(reader.isAsked()).isTrue();
    }

    @Test
    void sendsTheMatchesOfOneReadAsOneMessage() {
        reader.answer(entries(0, 10));
        assertThat(lanes.received()).hasSize(1);
        assertThat(placed()).extracting(Match::ticket).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void acknowledgesAnEventThatNobodyWants() {
        Entry unwanted = entry(event(1, "media.create"));
        reader.answer(unwanted);
        assertThat(reader.acknowledged).containsExactly(unwanted.ref());
        assertThat(tally.unmatched).isEqualTo(1);
        assertThat(placed()).isEmpty();
    }

    @Test
    void mo01_acknowledgesAnEventOfASourceThatWasOffAsOneThatNobodyWants() {
        Event wanted = event(1);
        Attributes muted = Attributes.of(
                Attributes.TYPE, wanted.type(), Attributes.SOURCE, wanted.source(), Attributes.MUTED, "true");
        Entry entry = entry(new Event(wanted.id(), muted, wanted.data(), wanted.dialect()));
        reader.answer(entry);
        assertThat(reader.acknowledged).containsExactly(entry.ref());
        assertThat(tally.unmatched).isEqualTo(1);
        assertThat(placed()).isEmpty();
    }

    @Test
    void acknowledgesAnEventWhenEveryDeliveryOfItIsSettled() {
        registry.save(Webhooks.webhook("wh_2", "**"));
        Entry entry = entry(event(1));
        reader.answer(entry);
        settle(0, "wh_2");
        assertThat(reader.acknowledged).isEmpty();
        settle(0, "wh_1");
        assertThat(reader.acknowledged).containsExactly(entry.ref());
        assertThat(tally.settled).isEqualTo(1);
    }

    @Test
    void notesInBatchesWhatIsSettledOfAnEventThatIsNot() {
        registry.save(Webhooks.webhook("wh_2", "**"));
        registry.save(Webhooks.webhook("wh_3", "**"));
        Entry entry = entry(event(1));
        reader.answer(entry);
        settle(0, "wh_2", "wh_1");
        assertThat(reader.noted).isEmpty();
        timers.advance(Duration.ofSeconds(1));
        assertThat(reader.noted.get(entry.ref())).containsExactlyInAnyOrder("wh_1", "wh_2");
        timers.advance(Duration.ofSeconds(1));
        assertThat(reader.noted.get(entry.ref())).hasSize(2);
    }

    @Test
    void looksAfterWhatIsUnderWayOnlyWhileSomethingIs() {
        timers.advance(Duration.ofSeconds(1));
        int atRest = timers.size();
        reader.answer(entry(event(1)));
        assertThat(timers.size()).isEqualTo(atRest + 1);
        timers.advance(Duration.ofSeconds(1));
        assertThat(timers.size()).isEqualTo(atRest + 1);
        settle(0, "wh_1");
        timers.advance(Duration.ofSeconds(1));
        assertThat(timers.size()).isEqualTo(atRest);
    }

    @Test
    void placesAnEventOnlyForWebhooksThatItIsNotSettledFor() {
        registry.save(Webhooks.webhook("wh_2", "**"));
        reader.offer(entry(event(1), "wh_1"));
        timers.advance(CLAIM_AFTER);
        assertThat(placed()).hasSize(1);
        assertThat(placed().get(0).webhooks()).extracting(Webhook::id).containsExactly("wh_2");
        settle(0, "wh_2");
        assertThat(reader.acknowledged).hasSize(1);
    }

    @Test
    void acknowledgesAnEventThatWasSettledForAllBeforeItsReaderDied() {
        Entry done = entry(event(1), "wh_1");
        reader.offer(done);
        timers.advance(CLAIM_AFTER);
        assertThat(placed()).isEmpty();
        assertThat(reader.acknowledged).containsExactly(done.ref());
        assertThat(tally.settled).isEqualTo(1);
    }

    @Test
    void refreshesSlowWorkBeforeOthersMayClaimIt() {
        reader.answer(entry(event(1)));
        Duration refreshedAt = clock.passed();
        for (int second = 0; second < 120; second++) {
            timers.advance(Duration.ofSeconds(1));
            if (!reader.refreshed.isEmpty()) {
                refreshedAt = clock.passed();
                reader.refreshed.clear();
            }
            assertThat(clock.passed().minus(refreshedAt)).isLessThan(CLAIM_AFTER);
        }
    }

    @Test
    void refreshesNothingThatIsYoungOrDone() {
        reader.answer(entries(0, 1));
        settle(0, "wh_1");
        timers.advance(CLAIM_AFTER.dividedBy(3).minusMillis(1));
        reader.answer(entries(1, 2));
        timers.advance(Duration.ofMillis(1));
        assertThat(reader.refreshed).isEmpty();
    }

    @Test
    void doesNotPlaceTwiceWhatItClaimsFromItself() {
        reader.answer(entries(0, 1));
        reader.offer(entries(0, 2));
        timers.advance(CLAIM_AFTER);
        assertThat(placed()).extracting(Match::event).containsExactly(event(0), event(1));
    }

    @Test
    void claimsNoMoreThanItHasCreditFor() {
        reader.answer(entries(0, 10));
        reader.offer(entries(20, 60));
        timers.advance(CLAIM_AFTER);
        assertThat(placed()).hasSize(16);
    }

    @Test
    void readsAgainAWhileAfterAReadFailed() {
        reader.fail();
        assertThat(reader.isAsked()).isFalse();
        timers.advance(Duration.ofSeconds(1));
        assertThat(reader.isAsked()).isTrue();
        assertThat(reader.reads()).isEqualTo(2);
    }
}
