package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How soon that goes on what a killed pod had in hand, as real processes with the patience that they have by default. The
 * seconds are printed: a busy machine makes them more.
 *
 * <p>Producers wait for the receiver, so that there is never more to catch up with than the stories are about. In the short
 * form there is too little to compare the repeats with; they are printed.
 */
@Tag("apart")
class DeathChaosTest {
    private static final long SEED = Long.getLong("sluice.chaos.seed", 20);
    private static final boolean LONG = Long.getLong("sluice.chaos.seconds") != null;
    private static final int BEFORE = LONG ? 1500 : 200;
    private static final int AFTER = LONG ? 4000 : 200;
    private static final int KEYS = 4;

    /**
     * What the event loop of the webhook was about to write when it was stopped, it writes when it goes on: the attempt whose
     * answer it was reading made one, and what that made room for another one. Nobody can ask and write at once.
     */
    private static final int BEING_WRITTEN = 2;

    /** What a pod says when it has heard. */
    private static final String HEARD = "a pod has ended or is dead";

    private static final String TOOK = "took over events that a pod had in hand";

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

    /** @param most that are accepted and did not come to each of the webhooks */
    private void load(int producers, int most, String... webhooks) {
        scenario.producers.isFarAhead = () -> scenario.producers.accepted.size() > least(webhooks) + most;
        scenario.producers.start(producers);
        until(() -> least(webhooks) > BEFORE);
    }

    private int least(String... webhooks) {
        return Stream.of(webhooks)
                .mapToInt(webhook -> scenario.receiver.inbox(webhook).taken.size())
                .min()
                .orElseThrow();
    }

    /** In no order, of which some fail, are parked and claimed. */
    private void freeLoad(String... webhooks) {
        scenario.receiver.refusedShare = 0.02;
        scenario.receiver.delayMillis = 20;
        load(16, 400, webhooks);
    }

    /** Fewer keys and no failures, so that nothing piles up behind one of them. */
    private void orderedLoad() {
        scenario.receiver.delayMillis = 5;
        load(KEYS, 60, "ordered");
    }

    private void goOnUntilMoreIsAccepted(int events) {
        int now = scenario.producers.accepted.size();
        until(() -> scenario.producers.accepted.size() > now + events);
    }

    private static void until(BooleanSupplier done) {
        await().atMost(Scenario.CATCHING_UP).pollInterval(Duration.ofMillis(20)).until(done::getAsBoolean);
    }

    /** Prints when all was delivered that was accepted before; answers when that was. */
    private long awaitWhatWasInHand(String story, long since, Set<String> before, String... webhooks) {
        long end = since;
        for (String webhook : webhooks) {
            Receiver.Inbox inbox = scenario.receiver.inbox(webhook);
            until(() -> inbox.takenAt.keySet().containsAll(before));
            long last = before.stream().mapToLong(inbox.takenAt::get).max().orElseThrow();
            System.out.printf(
                    "%s, %s: the last of %d events that were accepted before went out %.1f s after%n",
                    story, webhook, before.size(), seconds(since, last));
            end = Math.max(end, last);
        }
        return end;
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private Set<String> accepted() {
        return Set.copyOf(scenario.producers.accepted.values());
    }

    private void end(String story, String... webhooks) {
        end(story, 0, Map.of(), webhooks);
    }

    /** How many came after later ones, behind the first so many. */
    private static long late(List<Integer> numbers, int first) {
        int newest = Integer.MIN_VALUE;
        long late = 0;
        for (int i = 0; i < numbers.size(); i++) {
            late += i >= first && numbers.get(i) < newest ? 1 : 0;
            newest = Math.max(newest, numbers.get(i));
        }
        return late;
    }

    /** @param came how many of each key had come when it began to be counted what comes late: whoever takes over repeats some */
    private void end(String story, int mostLate, Map<String, Integer> came, String... webhooks) {
        scenario.stopProducers();
        scenario.expectEverythingAccepted(story, webhooks);
        for (String webhook : webhooks) {
            Receiver.Inbox inbox = scenario.receiver.inbox(webhook);
            if (LONG) {
                assertThat(inbox.repeated()).isLessThan(inbox.taken.size() / 100);
            }
            inbox.numbersByKey.forEach(
                    (key, numbers) -> assertThat(numbers).as(key).isSorted());
            assertThat(inbox.arrivedByKey.entrySet().stream()
                            .mapToLong(arrived -> late(arrived.getValue(), came.getOrDefault(arrived.getKey(), 0)))
                            .sum())
                    .as("requests that came after later ones of their key")
                    .isLessThanOrEqualTo(mostLate);
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
        freeLoad("one", "two");
        for (int pod = 0; pod < (LONG ? 2 : 1); pod++) {
            Set<String> before = accepted();
            long since = System.nanoTime();
            kill(pod);
            awaitWhatWasInHand("one of two pods killed", since, before, "one", "two");
            if (LONG) {
                scenario.pods.set(pod, gateways.launch(scenario.settings).awaitReady());
            }
            goOnUntilMoreIsAccepted(AFTER);
        }
        end("one of two pods killed", "one", "two");
    }

    @Test
    void aPodThatWasAloneGoesOnWithWhatItHadInHandWhenItWasKilled() {
        open(false);
        scenario.startPods(1);
        scenario.createWebhook("one");
        freeLoad("one");
        Set<String> before = accepted();
        long since = System.nanoTime();
        kill(0);
        GatewayProcess next = gateways.launch(scenario.settings);
        scenario.pods.set(0, next);
        next.awaitReady();
        long readyAt = System.nanoTime();
        long last = awaitWhatWasInHand("the only pod killed and started again", since, before, "one");
        long heardAt = next.toldAt(HEARD).orElse(last);
        long tookAt = next.toldAt(TOOK).orElse(heardAt);
        System.out.printf(
                "the only pod killed and started again: ready after %.1f s, heard that the other is dead after %.1f s,"
                        + " had its events %.1f s later, and delivered the last within %.1f s%n",
                seconds(since, readyAt), seconds(since, heardAt), seconds(heardAt, tookAt), seconds(tookAt, last));
        goOnUntilMoreIsAccepted(AFTER);
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
        goOnUntilMoreIsAccepted(KEYS);
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
        Map<String, Integer> came = new HashMap<>();
        scenario.receiver.inbox("ordered").arrivedByKey.forEach((key, numbers) -> came.put(key, numbers.size()));
        still.resume();
        scenario.pods.add(still);
        goOnUntilMoreIsAccepted(AFTER);
        end("keyed, one of two pods stood still", BEING_WRITTEN, came, "ordered");
    }
}
