package dev.sluice.replay;

import static dev.sluice.testing.Webhooks.disabled;
import static dev.sluice.testing.Webhooks.nextVersion;
import static dev.sluice.testing.Webhooks.ordered;
import static dev.sluice.testing.Webhooks.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.Keys;
import dev.sluice.replay.Replay.Order;
import dev.sluice.replay.Replay.State;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayRunnerTest {
    private static final Instant SINCE = Instant.parse("2020-11-21T10:00:00Z");
    private static final Instant UNTIL = SINCE.plus(Duration.ofHours(1));
    private static final Duration BRIEF = Duration.ofMillis(50);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private ReplayWorld world;

    @BeforeEach
    void open() {
        world = new ReplayWorld(REDIS, LOOP);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Order order(String... eventTypes) {
        return new Order("wh_1", "default", SINCE, UNTIL, List.of(eventTypes), false);
    }

    /** So many, a second apart, over all free partitions. */
    private List<String> past(int count) {
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            ids.add(world.add("f" + n % 3, SINCE.plusSeconds(n), "entry.update", null));
        }
        return ids;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void queuesExactlyWhatMatchesInTheRange(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        world.save(webhook("wh_1", "entry.*", "media.create"));
        List<String> expected = new ArrayList<>();
        Instant at = SINCE.minusSeconds(300);
        for (int i = 0; i < 700; i++) {
            at = at.plusMillis(random.nextInt(15_000));
            String type = List.of("entry.create", "entry.draft.save", "media.create", "entry.delete")
                    .get(random.nextInt(4));
            String tenant = random.nextInt(5) == 0 ? "acme" : null;
            String partition = List.of("f0", "f1", "f2", "k0", "k1").get(random.nextInt(5));
            String key = partition.startsWith("k") ? "key-" + partition : null;
            String id = world.add(partition, at, type, key, tenant);
            boolean inRange = !at.isBefore(SINCE) && at.isBefore(UNTIL);
            boolean wanted = tenant == null && (type.equals("entry.create") || type.equals("media.create"));
            if (inRange && wanted) {
                expected.add(id);
            }
        }
        Replay replay = world.start(order("*.create"));
        world.pod(BRIEF).runUntil(replay, ended -> ended.state() == State.DONE);

        assertThat(world.waiting())
                .containsExactlyInAnyOrderElementsOf(expected)
                .hasSizeGreaterThan(50);
        Replay ended = world.find(replay);
        assertThat(ended.tally().progress()).isEqualTo(1);
        assertThat(ended.tally().matched()).isEqualTo(expected.size());
        assertThat(ended.tally().queued()).isEqualTo(expected.size());
        assertThat(ended.tally().read()).isBetween(200L, 700L);
    }

    @Test
    void choosesByTheWebhookAsItIsNow() {
        world.save(webhook("wh_1", "media.*"));
        past(5);
        world.save(nextVersion(webhook("wh_1", "entry.*")));
        Replay replay = world.start(order());
        world.pod(BRIEF).runUntil(replay, ended -> ended.state() == State.DONE);
        assertThat(world.waiting()).hasSize(5);
    }

    @Test
    void fillsADisabledWebhookUp() {
        world.save(disabled(webhook("wh_1", "**")));
        past(5);
        Replay replay = world.start(order());
        world.pod(BRIEF).runUntil(replay, ended -> ended.state() == State.DONE);
        assertThat(world.waiting()).hasSize(5);
    }

    @Test
    void anotherGoesOnWhereAPodDiedBetweenItsWriteAndItsAnswer() {
        world.save(webhook("wh_1", "**"));
        List<String> ids = past(1000);
        Replay replay = world.start(order());
        ReplayWorld.RunningPod dying = world.pod(BRIEF);
        dying.loseAnswerOfStep(3);
        dying.runUntil(replay, now -> dying.isDead());
        List<String> delivered = world.deliverAll();
        assertThat(delivered).isNotEmpty().doesNotHaveDuplicates();

        world.pod(BRIEF).runUntil(replay, ended -> ended.state() == State.DONE);

        List<String> later = world.deliverAll();
        assertThat(later).doesNotContainAnyElementsOf(delivered);
        delivered.addAll(later);
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(world.find(replay).tally().queued()).isEqualTo(1000);
        assertThat(world.find(replay).tally().read()).isEqualTo(1000);
    }

    @Test
    void twoPodsThatBothHaveItQueueNothingTwice() {
        world.save(webhook("wh_1", "**"));
        List<String> ids = past(1000);
        Replay replay = world.start(order());
        ReplayWorld.RunningPod slow = world.pod(BRIEF);
        ReplayWorld.RunningPod other = world.pod(Duration.ofHours(1));
        slow.runUntil(replay, now -> now.tally().read() > 0);
        long before = world.find(replay).tally().read();
        other.runUntil(replay, now -> now.tally().read() > before);
        slow.advance();
        other.runUntil(replay, ended -> ended.state() == State.DONE);
        slow.advance();
        assertThat(world.waiting()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(world.find(replay).tally().queued()).isEqualTo(1000);
    }

    @Test
    void keepsTheOrderOfAKeyThoughThePodDies() {
        world.save(ordered(webhook("wh_1", "**")));
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < 450; n++) {
            ids.add(world.add("k1", SINCE.plusSeconds(n), "entry.update", "article-7"));
        }
        Replay replay = world.start(order());
        ReplayWorld.RunningPod dying = world.pod(BRIEF);
        dying.loseAnswerOfStep(2);
        dying.runUntil(replay, now -> dying.isDead());
        List<String> delivered = world.deliverAll();
        world.pod(BRIEF).runUntil(replay, ended -> ended.state() == State.DONE);
        delivered.addAll(world.deliverAll());
        assertThat(delivered).isEqualTo(ids);
    }

    @Test
    void waitsWhileTooMuchIsParkedAndGoesOnThen() {
        world.save(webhook("wh_1", "**"));
        List<String> ids = past(1000);
        Replay replay = world.start(order());
        ReplayWorld.RunningPod pod = world.pod(BRIEF, 100);
        pod.runUntil(replay, now -> now.detail().startsWith("waits"));
        assertThat(world.find(replay).detail()).matches("waits: \\d+ deliveries are parked for the webhook");
        List<String> delivered = world.deliverAll();
        assertThat(delivered).hasSizeBetween(100, 300);
        pod.runUntil(replay, now -> {
            delivered.addAll(world.deliverAll());
            return now.state() == State.DONE;
        });
        delivered.addAll(world.deliverAll());
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void stopsSoonAfterItWasCancelled() {
        world.save(webhook("wh_1", "**"));
        past(3000);
        Replay replay = world.start(order());
        ReplayWorld.RunningPod pod = world.pod(BRIEF);
        pod.runUntil(replay, now -> now.tally().read() > 0);
        world.cancel(replay);
        long queued = world.waiting().size();
        pod.advance();
        pod.awaitIdle();
        assertThat((long) world.waiting().size()).isBetween(queued, queued + 200);
        assertThat(world.find(replay).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void endsWithItsWebhook() {
        world.save(webhook("wh_1", "**"));
        past(10);
        Replay replay = world.start(order());
        world.delete("wh_1");
        world.pod(BRIEF).runUntil(replay, ended -> ended.state() != State.RUNNING);
        assertThat(world.find(replay).state()).isEqualTo(State.CANCELLED);
        assertThat(world.find(replay).detail()).isEqualTo("the webhook was deleted");
        assertThat(world.waiting()).isEmpty();
    }

    @Test
    void aPodThatEndsGivesItBackAtOnce() {
        world.save(webhook("wh_1", "**"));
        List<String> ids = past(1000);
        Replay replay = world.start(order());
        ReplayWorld.RunningPod ending = world.pod(Duration.ofHours(1));
        ending.runUntil(replay, now -> now.tally().read() > 0);
        ending.stop();
        assertThat(world.find(replay).state()).isEqualTo(State.RUNNING);
        world.pod(BRIEF).runUntil(replay, ended -> ended.state() == State.DONE);
        assertThat(world.waiting()).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void failsWhereItCouldNeverGoOn() {
        world.save(webhook("wh_1", "**"));
        past(3);
        REDIS.command("SET", Keys.events("f1"), "no stream");
        Replay replay = world.start(order());
        world.pod(BRIEF).runUntil(replay, ended -> ended.state() != State.RUNNING);
        assertThat(world.find(replay).state()).isEqualTo(State.FAILED);
        assertThat(world.find(replay).detail()).contains("WRONGTYPE");
    }

    @Test
    void manyReplaysEndThoughOneWaits() {
        Predicate<Replay> done = ended -> ended.state() == State.DONE;
        past(500);
        List<Replay> all = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            world.save(webhook("wh_" + n, "**"));
            all.add(world.start(new Order("wh_" + n, "default", SINCE, UNTIL, List.of(), false)));
        }
        ReplayWorld.RunningPod pod = world.pod(Duration.ofSeconds(10), 300);
        all.forEach(replay -> pod.runUntil(replay, now -> now.detail().startsWith("waits")));
        for (Replay replay : all) {
            pod.runUntil(replay, now -> {
                world.deliverAll(replay.order().webhookId());
                return done.test(now);
            });
        }
    }
}
