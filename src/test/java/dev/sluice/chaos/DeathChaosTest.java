package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How soon that goes on what a killed pod had in hand, as real processes with the patience that they have by default. The
 * seconds are printed: a busy machine makes them more.
 */
class DeathChaosTest {
    private static final long SEED = Long.getLong("sluice.chaos.seed", 20);
    private static final int KEYS = 4;

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Gateways gateways = new Gateways();

    private Scenario scenario;

    private void open(boolean keyed) {
        Map<String, String> settings = Gateways.settings(REDIS.uri());
        settings.put("SLUICE_JOURNAL_CLAIM_AFTER", "15s");
        settings.put("SLUICE_DELIVERY_PARKING_LEASE", "60s");
        settings.put("SLUICE_DELIVERY_TIMEOUT", "15s");
        settings.put("SLUICE_DELIVERY_RETRY_DELAYS", "200ms,200ms,200ms,200ms,200ms,200ms,200ms,200ms");
        scenario = new Scenario(gateways, settings, SEED, keyed);
    }

    @BeforeEach
    void begin() {
        REDIS.flushAll();
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private void load(int producers, String webhook) {
        scenario.producers.start(producers);
        Receiver.Inbox inbox = scenario.receiver.inbox(webhook);
        await().atMost(Duration.ofSeconds(60)).until(() -> inbox.taken.size() > 1500);
    }

    /** In no order, of which some fail, are parked and claimed. */
    private void freeLoad() {
        scenario.receiver.refusedShare = 0.02;
        scenario.receiver.delayMillis = 20;
        load(16, "one");
    }

    /** Fewer keys and no failures, so that nothing piles up behind one of them. */
    private void orderedLoad() {
        scenario.receiver.delayMillis = 2;
        load(KEYS, "ordered");
    }

    /** So that there is enough to compare the repeats with. */
    private void goOnUntilMoreIsAccepted(int events) {
        int now = scenario.producers.accepted.size();
        await().atMost(Duration.ofSeconds(60)).until(() -> scenario.producers.accepted.size() > now + events);
    }

    /** Prints how long it takes until all is delivered that was accepted before; answers what was accepted by then. */
    private Set<String> awaitWhatWasInHand(String story, long since, Set<String> before, String... webhooks) {
        for (String webhook : webhooks) {
            Receiver.Inbox inbox = scenario.receiver.inbox(webhook);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> inbox.takenAt.keySet().containsAll(before));
            long last = before.stream().mapToLong(inbox.takenAt::get).max().orElseThrow();
            System.out.printf(
                    "%s, %s: the last of %d events that were accepted before went out %.1f s after%n",
                    story, webhook, before.size(), (last - since) / 1e9);
        }
        return before;
    }

    private Set<String> accepted() {
        return Set.copyOf(scenario.producers.accepted.values());
    }

    private void end(String story, String... webhooks) {
        scenario.stopProducers();
        scenario.expectEverythingAccepted(story, webhooks);
        for (String webhook : webhooks) {
            Receiver.Inbox inbox = scenario.receiver.inbox(webhook);
            assertThat(inbox.repeated()).isLessThan(inbox.taken.size() / 100);
            inbox.arrivedByKey.forEach(
                    (key, numbers) -> assertThat(numbers).as(key).isSorted());
        }
    }

    private void kill(int pod) {
        scenario.pods.get(pod).kill();
        scenario.killed();
    }

    @Test
    void othersGoOnWithWhatAKilledPodHadInHand() {
        open(false);
        scenario.startPods(2);
        scenario.createWebhook("one");
        scenario.createWebhook("two");
        freeLoad();
        for (int pod = 0; pod < 2; pod++) {
            Set<String> before = accepted();
            long since = System.nanoTime();
            kill(pod);
            awaitWhatWasInHand("one of two pods killed", since, before, "one", "two");
            scenario.pods.set(pod, gateways.launch(scenario.settings).awaitReady());
            goOnUntilMoreIsAccepted(2000);
        }
        end("one of two pods killed, twice", "one", "two");
    }

    @Test
    void aPodThatWasAloneGoesOnWithWhatItHadInHandWhenItWasKilled() {
        open(false);
        scenario.startPods(1);
        scenario.createWebhook("one");
        freeLoad();
        Set<String> before = accepted();
        long since = System.nanoTime();
        kill(0);
        scenario.pods.set(0, gateways.launch(scenario.settings));
        awaitWhatWasInHand("the only pod killed and started again", since, before, "one");
        goOnUntilMoreIsAccepted(4000);
        end("the only pod killed", "one");
    }

    @Test
    void othersGoOnInOrderWithWhatAKilledPodHadInHand() {
        open(true);
        scenario.startPods(2);
        scenario.createWebhook("ordered", new JsonObject().put("ordering", "key"));
        orderedLoad();
        Set<String> before = accepted();
        long since = System.nanoTime();
        kill(0);
        awaitWhatWasInHand("keyed, one of two pods killed", since, before, "ordered");
        end("keyed, one of two pods killed", "ordered");
        assertThat(scenario.receiver.inbox("ordered").arrivedByKey).hasSize(KEYS);
    }

    @Test
    void aPodThatStoodStillForSixSecondsSendsNothingOutOfOrder() {
        open(true);
        scenario.startPods(2);
        scenario.createWebhook("ordered", new JsonObject().put("ordering", "key"));
        orderedLoad();
        GatewayProcess still = scenario.pods.get(0);
        Set<String> before = accepted();
        long since = System.nanoTime();
        still.suspend();
        scenario.pods.remove(still); // a producer that waits for it would order nothing more
        awaitWhatWasInHand("keyed, one of two pods stands still", since, before, "ordered");
        scenario.goOnFor(Duration.ofNanos(Math.max(1, since + 6_000_000_000L - System.nanoTime())));
        still.resume();
        scenario.pods.add(still);
        scenario.goOnFor(Duration.ofSeconds(3));
        end("keyed, one of two pods stood still", "ordered");
    }
}
