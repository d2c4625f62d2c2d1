package dev.sluice.fanout;

import static dev.sluice.fanout.FakeReader.entry;
import static dev.sluice.fanout.FakeReader.keyed;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bus.Bus;
import dev.sluice.config.FanoutConfig;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.Settled;
import dev.sluice.event.Settled.Settlement;
import dev.sluice.journal.Entry;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Matches;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Inbox;
import dev.sluice.testing.LoggedErrors;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.testing.Webhooks;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FanoutTest {
    private static final Duration CLAIM_AFTER = Duration.ofSeconds(15);
    private static final int BYTES = 1 << 20;

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Bus BUS = new Bus(LOOP.vertx());
    private static int tests;

    private final ManualTicker clock = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(clock);
    private final FakeReader reader = new FakeReader();
    private final ColdRegistry registry = new ColdRegistry();
    private final Tally tally = new Tally();
    private Inbox<Matches> lanes;
    private Fanout fanout;

    private static final class Tally implements FanoutListener {
        int unmatched;
        int settled;

        @Override
        public void unmatched() {
            unmatched++;
        }

        @Override
        public void settled() {
            settled++;
        }
    }

    @BeforeEach
    void begin() {
        lanes = new Inbox<>(LOOP, BUS.channel("lanes." + tests++));
        Outbox outbox = new Outbox(0, new Homes(1, 1), List.of(lanes.channel()));
        Fanout.Limits limits = new Fanout.Limits(new FanoutConfig(16, BYTES), 10, CLAIM_AFTER);
        fanout = new Fanout(reader, registry, outbox, limits, new Fanout.Clock(clock, timers), tally);
        registry.save(Webhooks.webhook("wh_1", "entry.*"));
        registry.index("default");
        fanout.start();
    }

    private static Entry[] entries(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> entry(event(i))).toArray(Entry[]::new);
    }

    private List<Match> placed() {
        return lanes.received().stream()
                .flatMap(message -> message.matches().stream())
                .toList();
    }

    private void settle(long ticket, String... webhookIds) {
        fanout.settle(new Settled(
                Arrays.stream(webhookIds).map(id -> new Settlement(ticket, id)).toList()));
    }

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
    void waitsForATenantThatCannotBeLoadedAndGoesOn() {
        registry.away = true;
        reader.answer(entries(0, 2));
        timers.advance(Duration.ofSeconds(30));
        assertThat(placed()).isEmpty();
        assertThat(reader.acknowledged).isEmpty();
        registry.away = false;
        timers.advance(Duration.ofSeconds(1));
        assertThat(placed()).hasSize(2);
    }

    @Test
    void eventsOfATenantThatCannotBeLoadedTakeNoCreditFromTheOthers() {
        registry.broken = "acme";
        reader.answer(ofAcme(0, 10));
        reader.answer(ofAcme(10, 20));
        assertThat(reader.setAside).hasSize(20);
        assertThat(reader.acknowledged).isEmpty();

        reader.answer(entries(20, 30));

        assertThat(placed()).hasSize(10);
    }

    @Test
    void triesATenantThatCannotBeLoadedEverMoreRarelyAndNotForEachOfItsEvents() {
        registry.broken = "acme";
        reader.answer(ofAcme(0, 10));
        timers.advance(Duration.ofMinutes(1));
        reader.answer(ofAcme(10, 20));
        assertThat(registry.loads).isLessThan(16);
    }

    @Test
    void readsEventsAgainThatWereSetAsideWhenTheirTenantCanBeLoaded() {
        registry.broken = "acme";
        reader.answer(ofAcme(0, 2));
        registry.broken = null;
        registry.save(Webhooks.ofTenant(Webhooks.webhook("wh_a", "**"), "acme"));
        timers.advance(Duration.ofSeconds(10));
        assertThat(reader.readAgain).isEqualTo(1);

        reader.offer(ofAcme(0, 2));
        timers.advance(CLAIM_AFTER);

        assertThat(placed()).hasSize(2);
    }

    @Test
    void anEventThatCannotBeMatchedHoldsUpNoneBehindIt() {
        Event bad = event(0);
        Entry broken = entry(new Event(bad.id(), Attributes.of(Attributes.TYPE, "entry.a"), bad.data(), bad.dialect()));
        reader.answer(broken, entry(event(1)));
        assertThat(placed()).extracting(Match::event).containsExactly(event(1));
        assertThat(reader.setAside).containsExactly(broken.ref());
        assertThat(reader.isAsked()).isTrue();
    }

    /** Or the pod remembers so many names, and names no other. */
    @Test
    void namesAnEventAgainThatCouldBeMatchedBetween() {
        Event bad = event(0);
        Entry good = entry(bad);
        Entry broken = entry(new Event(bad.id(), Attributes.of(Attributes.TYPE, "entry.a"), bad.data(), bad.dialect()));
        try (LoggedErrors errors = new LoggedErrors()) {
            reader.answer(broken);
            reader.answer(broken);
            assertThat(errors.all()).hasSize(1);
            reader.answer(good);
            reader.answer(broken);
            assertThat(errors.all()).hasSize(2);
        }
    }

    private static Entry[] ofAcme(int from, int to) {
        return IntStream.range(from, to).mapToObj(FanoutTest::ofAcme).toArray(Entry[]::new);
    }

    private static Entry ofAcme(int number) {
        Event plain = event(number);
        Attributes attributes = Attributes.of(
                Attributes.TYPE, plain.type(), Attributes.SOURCE, plain.source(), Attributes.TENANT, "acme");
        return entry(new Event(plain.id(), attributes, plain.data(), plain.dialect()));
    }

    @Test
    void placesAtOnceForATenantThatItHasToLoad() {
        registry.warm.cool("default");
        reader.answer(entries(0, 3));
        assertThat(placed()).hasSize(3);
        assertThat(reader.asked()).isEqualTo(10);
    }

    @Test
    void readsOnAfterAFullWindowThatALateTenantDidNotWant() {
        registry.away = true;
        reader.answer(IntStream.range(0, 16)
                .mapToObj(i -> entry(event(i, "media.create")))
                .toArray(Entry[]::new));
        assertThat(reader.isAsked()).isFalse();
        registry.away = false;
        timers.advance(Duration.ofSeconds(1));
        assertThat(reader.acknowledged).hasSize(16);
        assertThat(reader.isAsked()).isTrue();
    }

    @Test
    void readsAgainAWhileAfterAReadFailed() {
        reader.fail();
        assertThat(reader.isAsked()).isFalse();
        timers.advance(Duration.ofSeconds(1));
        assertThat(reader.isAsked()).isTrue();
        assertThat(reader.reads()).isEqualTo(2);
    }

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

    /** The tenant is there again, and the retry of the first is still to come. */
    @Test
    void placesTheEventsOfATenantInTheOrderReadThoughItCouldNotBeLoadedForTheFirst() {
        registry.away = true;
        reader.answer(entries(0, 2));
        registry.away = false;
        reader.answer(entries(2, 4));
        timers.advance(Duration.ofSeconds(1));
        reader.answer(entries(4, 5));
        assertThat(placed()).extracting(Match::event).containsExactly(event(0), event(1), event(2), event(3), event(4));
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
