package dev.sluice.delivery.stage;

import static dev.sluice.testing.NumberedEvents.number;
import static dev.sluice.testing.ScriptedSender.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bus.Bus;
import dev.sluice.delivery.DeliveryListener.ParkReason;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.Attempt;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ScriptedSender.Made;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories of an ordered webhook, told on manual time. */
class OrderTest {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Bus BUS = new Bus(LOOP.vertx());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static int worlds;

    private World world;
    private Webhook webhook;

    @BeforeEach
    void begin() {
        world = new World(LOOP, BUS, "settled.order." + worlds++, 0.5);
        webhook = world.save(Webhooks.ordered(
                Webhooks.withRetry(Webhooks.webhook("wh_1", "**"), Duration.ofSeconds(5), Duration.ofSeconds(5))));
    }

    /** The endpoint has heard of the reader's keys before: nothing waits in Redis. */
    private void warmUp() {
        world.publishKeyed(webhook, "warm", 900);
        world.advance(Duration.ofSeconds(5));
    }

    private List<Integer> arrived(String key) {
        Set<Integer> first = new LinkedHashSet<>();
        for (Made made : world.endpoints.made("wh_1")) {
            if (key.equals(made.attempt().event().attributes().get("partitionkey"))) {
                first.add(number(made.attempt().event()));
            }
        }
        return new ArrayList<>(first);
    }

    @Test
    void knownKeysAreDeliveredInOrderWithoutRedis() {
        warmUp();
        int writes = world.parking.calls("write");
        world.publishKeyed(webhook, "a", 1, 2, 3);
        world.publishKeyed(webhook, "b", 4, 5);
        assertThat(arrived("a")).containsExactly(1, 2, 3);
        assertThat(arrived("b")).containsExactly(4, 5);
        assertThat(world.parking.calls("write")).isEqualTo(writes);
    }

    @Test
    void failingEventHoldsBackOnlyItsKey() {
        warmUp();
        world.endpoints.script("wh_1", attempt -> status(number(attempt.event()) == 2 ? 500 : 200));
        world.publishKeyed(webhook, "a", 1, 2, 3, 4);
        world.publishKeyed(webhook, "b", 5, 6);
        assertThat(arrived("a")).containsExactly(1, 2);
        assertThat(arrived("b")).containsExactly(5, 6);
        world.publishKeyed(webhook, "a", 7);
        world.endpoints.answers("wh_1", 200);
        world.advance(Duration.ofSeconds(8));
        assertThat(arrived("a")).containsExactly(1, 2, 3, 4, 7);
        assertThat(world.parking.parked()).isZero();
    }

    @Test
    void keyGoesOnWhenItsFirstBecomesADeadLetter() {
        warmUp();
        world.endpoints.script("wh_1", attempt -> status(number(attempt.event()) == 1 ? 404 : 200));
        world.publishKeyed(webhook, "a", 1, 2, 3);
        world.advance(MINUTE);
        assertThat(arrived("a")).containsExactly(1, 2, 3);
        assertThat(world.tally.died).isEqualTo(1);
        assertThat(world.parking.parked()).isZero();
    }

    @Test
    void attemptThatHangsHoldsBackItsKeyThoughThePodWritesItDown() {
        warmUp();
        world.endpoints.script("wh_1", attempt -> number(attempt.event()) == 1 ? null : status(200));
        world.publishKeyed(webhook, "a", 1, 2, 3);
        world.advance(Duration.ofSeconds(10));
        assertThat(arrived("a")).containsExactly(1);
        assertThat(world.settled()).isEqualTo(1 + 3);
        world.endpoints.release(status(200));
        world.advance(Duration.ofSeconds(3));
        assertThat(arrived("a")).containsExactly(1, 2, 3);
    }

    @Test
    void readerThatLostItsPartitionStartsNothingMoreOfIt() {
        warmUp();
        world.endpoints.hangs("wh_1");
        world.publishKeyed(webhook, "a", 1, 2);
        world.lostEpochs.add(1L);
        world.endpoints.release(status(200));
        assertThat(arrived("a")).containsExactly(1);
        assertThat(world.tally.forgotten).isEqualTo(1);
        assertThat(world.parking.parked()).isZero();
    }

    @Test
    void whatFailsWhenItsReaderHasLostThePartitionIsLeftToTheNext() {
        warmUp();
        world.endpoints.hangs("wh_1");
        world.publishKeyed(webhook, "a", 1, 2);
        world.lostEpochs.add(1L);
        world.endpoints.release(status(500));
        world.endTurn();
        assertThat(world.tally.forgotten).isEqualTo(2);
        assertThat(world.parking.parked()).isZero();
        world.endpoints.answers("wh_1", 200);
        world.publishKeyed(webhook, 2, "a", 1, 2, 3);
        world.advance(Duration.ofSeconds(8));
        assertThat(arrived("a")).containsExactly(1, 2, 3);
    }

    @Test
    void whatIsStillToGoOutWhenItsReaderHasLostThePartitionMustNot() {
        warmUp();
        world.endpoints.hangs("wh_1");
        world.publishKeyed(webhook, "a", 1);
        Attempt last =
                world.endpoints.made("wh_1").get(world.attempts(webhook) - 1).attempt();
        assertThat(last.mayGoOut().getAsBoolean()).isTrue();
        world.lostEpochs.add(1L);
        assertThat(last.mayGoOut().getAsBoolean()).isFalse();
    }

    private void publishAndKeep() {
        warmUp();
        world.endpoints.hangs("wh_1");
        world.publishKeyed(webhook, "a", 1);
        world.advance(Duration.ofSeconds(3));
        assertThat(world.parking.parked()).isEqualTo(1);
    }

    @Test
    void whatWasKeptAndFailsWhenTheLifeOfThePodIsOverIsLeftToOthers() {
        publishAndKeep();
        int writes = world.parking.calls("write");
        world.lostEpochs.add(World.LIFE);
        world.endpoints.release(status(500));
        world.endTurn();
        assertThat(world.parking.calls("write")).isEqualTo(writes);
        assertThat(world.tally.forgotten).isEqualTo(1);
        assertThat(world.tally.parked).doesNotContain(ParkReason.RETRY);
    }

    @Test
    void whatFailedWhenKeptWasNotWrittenYetIsNotWrittenWithoutIt() {
        warmUp();
        world.endpoints.hangs("wh_1");
        world.publishKeyed(webhook, "a", 1);
        world.parking.goAway();
        world.advance(Duration.ofSeconds(3));
        world.endpoints.release(status(500));
        world.endTurn();
        world.lostEpochs.add(1L);
        world.parking.comeBack();
        world.advance(Duration.ofSeconds(3));
        assertThat(world.parking.parked()).isZero();
        assertThat(world.parking.forgotten()).hasSize(1);
    }

    @Test
    void anAttemptThatIsWithdrawnAfterItWasKeptCountsAsNone() {
        publishAndKeep();
        Attempt last =
                world.endpoints.made("wh_1").get(world.attempts(webhook) - 1).attempt();
        world.lostEpochs.add(1L);
        assertThat(last.mayGoOut().getAsBoolean()).isFalse();
        world.endpoints.release(new Answer.Failure(Answer.Kind.INTERNAL, "not sent", Duration.ZERO));
        world.endTurn();
        assertThat(world.tally.forgotten).isEqualTo(1);
        assertThat(world.tally.parked).doesNotContain(ParkReason.RETRY);
    }

    @Test
    void readerThatBeginsPutsWhatComesBehindWhatTheFormerLeftInRedis() {
        warmUp();
        world.endpoints.answers("wh_1", 500);
        world.publishKeyed(webhook, "a", 1, 2);
        world.lostEpochs.add(1L);
        world.publishKeyed(webhook, 2, "a", 3);
        world.endpoints.answers("wh_1", 200);
        world.advance(Duration.ofSeconds(8));
        assertThat(arrived("a")).containsExactly(1, 2, 3);
        world.publishKeyed(webhook, 2, "a", 4);
        world.advance(Duration.ofSeconds(8));
        assertThat(arrived("a")).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void orderHoldsWhateverTheEndpointAndTheUserDo(long seed) {
        Random random = new Random(seed);
        world.endpoints.script("wh_1", attempt -> switch (random.nextInt(8)) {
            case 0 -> status(500);
            case 1 -> status(503);
            case 2 -> null;
            default -> status(200);
        });
        Map<String, List<Integer>> published = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            String key = "key" + random.nextInt(5);
            published.computeIfAbsent(key, first -> new ArrayList<>()).add(i);
            world.publishKeyed(webhook, key, i);
            if (random.nextInt(10) == 0) {
                world.endpoints.release(status(random.nextBoolean() ? 200 : 500));
                world.endTurn();
            }
            if (random.nextInt(40) == 0) {
                webhook = random.nextBoolean()
                        ? Webhooks.paused(Webhooks.nextVersion(webhook))
                        : Webhooks.active(Webhooks.nextVersion(webhook));
                world.change(webhook);
            }
            world.advance(Duration.ofMillis(random.nextInt(400)));
        }
        webhook = Webhooks.active(Webhooks.nextVersion(webhook));
        world.change(webhook);
        world.endpoints.answers("wh_1", 200);
        for (int i = 0; i < 20; i++) {
            world.endpoints.release(status(200));
            world.endTurn();
            world.advance(MINUTE);
        }
        published.forEach(
                (key, numbers) -> assertThat(arrived(key)).as(key).isSorted().containsAll(numbers));
        assertThat(world.parking.parked()).isZero();
    }
}
