package dev.sluice.fanout;

import static dev.sluice.fanout.FakeReader.entry;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.journal.Entry;
import dev.sluice.subscription.Match;
import dev.sluice.testing.LoggedErrors;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FanoutTenantsTest extends FanoutHarness {
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
        return IntStream.range(from, to).mapToObj(FanoutTenantsTest::ofAcme).toArray(Entry[]::new);
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
}
