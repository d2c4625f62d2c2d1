package dev.sluice.delivery.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bus.Bus;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Limiter;
import dev.sluice.testing.Loop;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Endpoints that say not yet, told on manual time: how long all took beside the least that their limit allows. */
class FoundPaceStoriesTest {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Bus BUS = new Bus(LOOP.vertx());
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final Duration STEP = Duration.ofMillis(10);
    private static int worlds;

    private World world;
    private Webhook webhook;

    @BeforeEach
    void begin() {
        world = new World(LOOP, BUS, "settled.found." + worlds++, 0.5);
        webhook = world.save(Webhooks.withMaxInFlight(Webhooks.webhook("wh_1", "**"), 64));
    }

    private Limiter limiter(int status, double retryAfter) {
        return new Limiter(world.clock, LATENCY, status, retryAfter);
    }

    private void answers(Limiter limiter) {
        world.endpoints.answersAfter(LATENCY, world.timers, webhook.id(), attempt -> limiter.answer());
    }

    /** Publishes so many at once and waits until all of them are taken. */
    private void deliver(String story, Limiter limiter, int events, double ideal) {
        answers(limiter);
        world.publish(webhook, 0, events);
        advance(limiter, events, ideal, world);
        expect(story, limiter, events, ideal);
    }

    private void advance(Limiter limiter, int events, double ideal, World other) {
        for (int i = 0; i < ideal * 4 * 100 && limiter.taken() < events; i++) {
            world.advance(STEP, STEP);
            other.endTurn();
        }
        world.advance(STEP.multipliedBy(10), STEP);
    }

    private void expect(String story, Limiter limiter, int events, double ideal) {
        expect(story, limiter, events, ideal, 1.3, 0.15);
    }

    private void expect(String story, Limiter limiter, int events, double ideal, double most, double share) {
        double took = limiter.last().toMillis() / 1000.0;
        System.out.printf(
                Locale.ROOT,
                "%s: %d of %d in %.1f s, %.2f of the ideal %.0f s; refused %d, %.1f %% of the attempts%n",
                story,
                limiter.taken(),
                events,
                took,
                took / ideal,
                ideal,
                limiter.refused(),
                100 * limiter.share());
        assertThat(limiter.taken()).isEqualTo(events);
        assertThat(took).isLessThan(most * ideal);
        assertThat(limiter.share()).isLessThan(share);
        assertThat(world.tally.died).isZero();
    }

    @Test
    void fiveASecondWithABurstOfTen() {
        deliver("5/s, burst 10, Retry-After 2", limiter(429, 2).bucket(5, 10), 300, 58);
    }

    @Test
    void fiveASecondThatDoesNotSayWhen() {
        deliver("5/s, burst 10, no Retry-After", limiter(429, -1).bucket(5, 10), 300, 58);
    }

    @Test
    void fiveASecondThatSavesUpNothing() {
        deliver("5/s, no burst, Retry-After 1", limiter(429, 1).bucket(5, 0), 600, 120);
    }

    @Test
    void oneASecond() {
        deliver("1/s, burst 5, Retry-After 1", limiter(429, 1).bucket(1, 5), 600, 595);
    }

    @Test
    void fiftyASecond() {
        deliver("50/s, burst 20, Retry-After 1", limiter(429, 1).bucket(50, 20), 5000, 100);
    }

    @Test
    void aHundredAMinuteThatSaysWhen() {
        deliver(
                "100 a minute, Retry-After to its end",
                Limiter.windows(world.clock, LATENCY, 100, Duration.ofMinutes(1)),
                500,
                240);
    }

    @Test
    void aHundredAMinuteThatSaysAMinute() {
        deliver("100 a minute, Retry-After 60", limiter(429, 60).window(100, Duration.ofMinutes(1)), 500, 240);
    }

    @Test
    void aHundredAMinuteThatDoesNotSayWhen() {
        deliver("100 a minute, no Retry-After", limiter(429, -1).window(100, Duration.ofMinutes(1)), 1000, 540);
    }

    @Test
    void unavailableInBursts() {
        deliver("503, Retry-After 1, 5 s of each 20 s", limiter(503, 1).away(5, 20), 500, 5);
    }

    @Test
    void fiveASecondThatSaysADate() {
        deliver("5/s, burst 10, Retry-After a date", limiter(429, 2).dated().bucket(5, 10), 300, 58);
    }

    @Test
    void twoPodsAtOneEndpoint() {
        World other = new World(LOOP, BUS, "settled.found." + worlds++, 0.5, world);
        Limiter limiter = limiter(429, 2).bucket(5, 10);
        answers(limiter);
        world.publish(webhook, 0, 300);
        other.publish(webhook, 300, 600);
        advance(limiter, 600, 118, other);
        expect("two pods, 5/s, burst 10, Retry-After 2", limiter, 600, 118);
    }

    @Test
    void twoPodsThatHaveLittleToSend() {
        World other = new World(LOOP, BUS, "settled.found." + worlds++, 0.5, world);
        Limiter limiter = limiter(429, 2).bucket(5, 10);
        answers(limiter);
        world.publish(webhook, 0, 150);
        other.publish(webhook, 150, 300);
        advance(limiter, 300, 58, other);
        expect("two pods with 300 events, 5/s, burst 10, Retry-After 2", limiter, 300, 58, 1.3, 0.2);
    }

    @Test
    void aFewEvents() {
        Limiter limiter = limiter(429, 1).bucket(10, 5);
        answers(limiter);
        world.publish(webhook, 0, 80);
        advance(limiter, 80, 7.5, world);
        expect("80 events, 10/s, burst 5, Retry-After 1", limiter, 80, 7.5, 1.5, 0.25);
    }

    /** The window that it got when its events came one by one is that of an endpoint of which little is known. */
    @Test
    void aBurstAfterManySingleEvents() {
        Limiter limiter = limiter(429, 1).bucket(10, 5);
        answers(limiter);
        for (int i = 0; i < 100; i++) {
            world.publish(webhook, i, i + 1);
            world.advance(Duration.ofMillis(200), STEP);
        }
        assertThat(limiter.refused()).isZero();
        world.publish(webhook, 100, 180);
        advance(limiter, 180, 7.5, world);
        assertThat(limiter.taken()).isEqualTo(180);
        assertThat(limiter.refused() / (limiter.refused() + 80.0)).isLessThan(0.25);
    }

    @Test
    void twoWebhooksAtOneLimit() {
        Webhook second = world.save(Webhooks.withMaxInFlight(Webhooks.webhook("wh_2", "**"), 64));
        Limiter limiter = limiter(429, 2).bucket(5, 10);
        answers(limiter);
        world.endpoints.answersAfter(LATENCY, world.timers, second.id(), attempt -> limiter.answer());
        world.publish(webhook, 0, 300);
        world.publish(second, 0, 300);
        advance(limiter, 600, 118, world);
        expect("two webhooks, together 5/s, burst 10, Retry-After 2", limiter, 600, 118, 1.35, 0.2);
    }

    @Test
    void aLimitThatBecomesTenTimesAsHighIsFound() {
        deliver("5/s, burst 10, Retry-After 2", limiter(429, 2).bucket(5, 10), 300, 58);
        Limiter higher = limiter(429, 2).bucket(50, 10);
        Duration began = world.clock.passed();
        answers(higher);
        world.publish(webhook, 300, 5300);
        advance(higher, 5000, 300, world);
        Duration took = higher.last().minus(began);
        System.out.printf("then 50/s: 5000 in %s, refused %d%n", took, higher.refused());
        assertThat(higher.taken()).isEqualTo(5000);
        assertThat(took).isLessThan(Duration.ofMinutes(4));
        assertThat(higher.share()).isLessThan(0.05);
    }

    @Test
    void theWebhooksOwnLimitHoldsToo() {
        webhook = Webhooks.withRateLimit(webhook, new RateLimit(3, Duration.ofSeconds(1), 1));
        world.change(Webhooks.nextVersion(webhook));
        Limiter limiter = limiter(429, 2).bucket(5, 10);
        answers(limiter);
        world.publish(webhook, 0, 90);
        advance(limiter, 90, 30, world);
        assertThat(limiter.refused()).isZero();
        assertThat(limiter.last()).isBetween(Duration.ofMillis(29_500), Duration.ofSeconds(31));
    }

    @Test
    void anEndpointThatIsDownForAnHourLosesNothingAndIsHardlyAsked() {
        Limiter limiter = limiter(503, 1).away(3600, 7200);
        answers(limiter);
        for (int minute = 0; minute < 60; minute++) {
            world.publish(webhook, 10 * minute, 10 * minute + 10);
            world.advance(Duration.ofMinutes(1), Duration.ofMillis(100));
        }
        int asked = limiter.refused();
        assertThat(asked).isLessThan(100);
        advance(limiter, 600, 100, world);
        System.out.printf(
                "503 for an hour: %d attempts; all 600 %s after it%n",
                asked, limiter.last().minusHours(1));
        assertThat(limiter.taken()).isEqualTo(600);
        assertThat(limiter.last()).isLessThan(Duration.ofMinutes(66));
        assertThat(world.tally.died).isZero();
    }

    @Test
    void whatIsNeverTakenIsDeadInTheEnd() {
        webhook = Webhooks.withRetry(webhook, Duration.ofSeconds(5));
        world.change(Webhooks.nextVersion(webhook));
        answers(limiter(429, 1).window(0, Duration.ofSeconds(1)));
        world.publish(webhook, 0, 1);
        world.advance(Duration.ofHours(3), Duration.ofMillis(500));
        assertThat(world.attempts(webhook)).isEqualTo(102);
        assertThat(world.tally.died).isEqualTo(1);
    }

    @Test
    void anEndpointWithoutALimitWaitsTwoRoundTripsForItsWholeWindow() {
        Limiter limiter = limiter(429, 1);
        answers(limiter);
        world.publish(webhook, 0, 1280);
        advance(limiter, 1280, 1, world);
        assertThat(limiter.taken()).isEqualTo(1280);
        assertThat(limiter.last()).isLessThanOrEqualTo(LATENCY.multipliedBy(1280 / 64 + 2));
    }

    @Test
    void endpointThatNeverRefusesCostsNoCall() {
        answers(limiter(429, 1));
        world.publish(webhook, 0, 60);
        world.advance(Duration.ofSeconds(5), STEP);
        assertThat(world.tally.delivered).isEqualTo(60);
        assertThat(world.rates.calls()).isZero();
    }
}
