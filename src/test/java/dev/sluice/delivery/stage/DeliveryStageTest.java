package dev.sluice.delivery.stage;

import static dev.sluice.testing.NumberedEvents.event;
import static dev.sluice.testing.ScriptedSender.busy;
import static dev.sluice.testing.ScriptedSender.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.DeliveryListener.ParkReason;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.ScriptedSender.Made;
import dev.sluice.testing.Webhooks;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories of endpoints, told on manual time. */
class DeliveryStageTest extends StageHarness {
    private List<Delivery> journaled(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Delivery.journaled(new Match(i, event(i), List.of(webhook), 0), 0, webhook))
                .toList();
    }

    @Test
    void deliversInOrderAndSettlesWithoutRedis() {
        world.publish(webhook, 0, 50);
        assertThat(world.eventsAt(webhook)).isEqualTo(range(0, 50));
        assertThat(world.settled()).isEqualTo(50);
        assertThat(world.parking.calls("write")).isZero();
    }

    @Test
    void receiverThatWasDownForAWhileGetsEverythingInTheEndAndWhatWaitedInOrder() {
        world.endpoints.answers("wh_1", 500);
        world.publish(webhook, 0, 200);
        world.advance(Duration.ofSeconds(30));
        assertThat(world.attempts(webhook)).isLessThan(20);
        assertThat(world.settled()).isEqualTo(200);
        world.endpoints.answers("wh_1", 200);
        int before = world.attempts(webhook);
        world.advance(Duration.ofMinutes(40));
        List<Integer> after = world.eventsAt(webhook).subList(before, world.attempts(webhook));
        List<Integer> first = world.eventsAt(webhook).subList(0, before);
        assertThat(after).hasSize(200).doesNotHaveDuplicates();
        List<Integer> afterTheProbe = after.subList(1, after.size());
        assertThat(afterTheProbe.stream()
                        .filter(number -> !first.contains(number))
                        .toList())
                .isSorted();
        List<Integer> oldest = afterTheProbe.subList(0, 10);
        assertThat(oldest).as("were tried before").isEqualTo(range(0, 10));
        assertThat(world.parking.parked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void retryAfterIsNeverUndercutByAnyDelivery(long seed) {
        Random random = new Random(seed);
        world = new World(LOOP, bus, "settled." + worlds++, random.nextDouble());
        webhook = world.save(Webhooks.withMaxInFlight(webhook, 1));
        Duration[] earliest = {Duration.ZERO};
        world.endpoints.script("wh_1", attempt -> {
            assertThat(world.clock.passed()).isGreaterThanOrEqualTo(earliest[0]);
            if (random.nextInt(3) > 0) {
                return status(200);
            }
            int seconds = 1 + random.nextInt(40);
            earliest[0] = world.clock.passed().plusSeconds(seconds);
            return busy(String.valueOf(seconds));
        });
        for (int i = 0; i < 60; i++) {
            world.publish(webhook, 3 * i, 3 * i + random.nextInt(3));
            world.advance(Duration.ofMillis(random.nextInt(4000)));
        }
        assertThat(world.attempts(webhook)).isGreaterThan(10);
    }

    @Test
    void deadEndpointCostsOnlyItsProbesHoweverMuchIsParked() {
        world.endpoints.answers("wh_1", 500);
        world.parking.park(World.lane(webhook), journaled(10_000));
        world.advance(Duration.ofMinutes(1));
        int attempts = world.attempts(webhook);
        int claims = world.parking.calls("claim");
        int writes = world.parking.calls("write");
        int rests = world.parking.calls("rest");
        world.advance(Duration.ofMinutes(10));
        assertThat(world.attempts(webhook) - attempts).isBetween(1, 6);
        assertThat(world.parking.calls("claim") - claims).isLessThanOrEqualTo(8);
        assertThat(world.parking.calls("write") - writes).isLessThanOrEqualTo(8);
        assertThat(world.parking.calls("rest") - rests).isLessThanOrEqualTo(8);
        assertThat(world.parking.parked()).isEqualTo(10_000);
    }

    @Test
    void oneLaneThatHangsDelaysNoOther() {
        world.endpoints.hangs("wh_1");
        Webhook fast = world.save(Webhooks.webhook("wh_2", "**"));
        world.publish(webhook, 0, 500);
        world.publish(fast, 0, 100);
        assertThat(world.eventsAt(fast)).isEqualTo(range(0, 100));
        assertThat(world.endpoints.hanging()).isEqualTo(16);
        assertThat(world.tally.parked).containsOnly(ParkReason.FULL).hasSizeGreaterThan(500 - World.POOL);
        assertThat(world.settled()).isEqualTo(100 + world.tally.parked.size());
    }

    @Test
    void slowLaneCatchesUpWithWhatWasParkedWhileItWasFull() {
        world.endpoints.hangs("wh_1");
        world.publish(webhook, 0, 300);
        world.endpoints.answers("wh_1", 200);
        world.endpoints.release(status(200));
        world.advance(Duration.ofSeconds(5));
        assertThat(world.eventsAt(webhook)).hasSize(300).isSorted();
        assertThat(world.parking.parked()).isZero();
    }

    @Test
    void laneThatStopsGivesBackWhatOthersNeedAndKeepsThePlaceOfEach() {
        world.parking.park(World.lane(webhook), journaled(100));
        world.endpoints.hangs("wh_1");
        world.advance(Duration.ofSeconds(3));
        world.stage.drain();
        world.endpoints.release(status(200));
        world.endTurn();
        List<Integer> rest = world.parking.claim(World.lane(webhook), 100).result().deliveries().stream()
                .map(claimed -> dev.sluice.testing.NumberedEvents.number(claimed.event()))
                .toList();
        assertThat(rest).isEqualTo(range(16, 100));
    }

    @Test
    void deliveryThatFailsAfterItsLastAttemptBecomesADeadLetterWithAllOfThem() {
        world.endpoints.answers("wh_1", 404);
        world.publish(webhook, 0, 1);
        world.advance(Duration.ofHours(1));
        assertThat(world.endpoints.made("wh_1"))
                .extracting(made -> made.attempt().number())
                .containsExactly(1, 2, 3, 4);
        assertThat(world.parking.dead()).containsValue("exhausted: attempt 4 was the last");
        assertThat(world.tally.died).isEqualTo(1);
    }

    @Test
    void waitsBetweenAttemptsAsTheScheduleSays() {
        world.endpoints.answers("wh_1", 404);
        world.publish(webhook, 0, 1);
        world.advance(Duration.ofHours(1));
        List<Duration> at = world.endpoints.made("wh_1").stream().map(Made::at).toList();
        List<Duration> planned = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30));
        for (int i = 0; i < planned.size(); i++) {
            Duration waited = at.get(i + 1).minus(at.get(i));
            assertThat(waited).isBetween(planned.get(i), planned.get(i).plusMillis(500));
        }
    }

    @Test
    void slowAttemptKeepsItsLease() {
        world.parking.park(World.lane(webhook), journaled(1));
        world.endpoints.hangs("wh_1");
        world.advance(Duration.ofMinutes(5));
        assertThat(world.attempts(webhook)).isEqualTo(1);
        assertThat(world.parking.claim(World.lane(webhook), 1).result().deliveries())
                .isEmpty();
        world.endpoints.release(status(200));
        world.endTurn();
        assertThat(world.parking.parked()).isZero();
    }

    @Test
    void deliveryWhoseLeaseRanOutWhileRedisWasAwayIsNotAttemptedTwiceAtOnce() {
        world.parking.park(World.lane(webhook), journaled(1));
        world.endpoints.hangs("wh_1");
        world.advance(Duration.ofSeconds(1));
        world.parking.goAway();
        world.advance(World.LEASE.plusSeconds(5));
        world.parking.comeBack();
        world.advance(Duration.ofSeconds(15));
        assertThat(world.attempts(webhook)).isEqualTo(1);
    }

    @Test
    void drainParksWhatWaitsAndEndsWhenNothingIsInFlight() {
        world.endpoints.hangs("wh_1");
        world.publish(webhook, 0, 20);
        Future<Void> drained = world.stage.drain();
        world.endTurn();
        assertThat(world.tally.parked).hasSize(4).containsOnly(ParkReason.DRAIN);
        world.publish(webhook, 20, 21);
        assertThat(world.parking.parked()).isEqualTo(5);
        assertThat(drained.isComplete()).isFalse();
        world.endpoints.release(status(500));
        assertThat(drained.isComplete()).isFalse();
        world.endTurn();
        assertThat(drained.succeeded()).isTrue();
        assertThat(world.parking.parked()).isEqualTo(21);
        assertThat(world.timers.count()).isZero();
    }

    @Test
    void settlesWhatFailedOnlyWhenRedisHasIt() {
        world.parking.goAway();
        world.endpoints.answers("wh_1", 404);
        world.publish(webhook, 0, 5);
        world.advance(Duration.ofSeconds(10));
        assertThat(world.settled()).isZero();
        world.parking.comeBack();
        world.advance(Duration.ofSeconds(1));
        assertThat(world.settled()).isEqualTo(5);
        assertThat(world.parking.parked()).isEqualTo(5);
    }

    @Test
    void noTimerTicksForLanesOfWhichNoneIsThere() {
        int chores = world.timers.count();
        world.publish(webhook, 0, 1);
        assertThat(world.attempts(webhook)).isOne();
        world.advance(Duration.ofMinutes(2));
        assertThat(world.timers.count()).isEqualTo(chores);
        world.publish(webhook, 1, 2);
        assertThat(world.attempts(webhook)).isEqualTo(2);
    }

    @Test
    void triesToWriteWithOneTimerHoweverMuchRedisDidNotTake() {
        world.parking.goAway();
        world.endpoints.answers("wh_1", 404);
        int chores = world.timers.count();
        for (int i = 0; i < 30; i++) {
            world.publish(webhook, i, i + 1);
        }
        int ofTheHistory = 1;
        int ofTheLanes = 1;
        assertThat(world.timers.count()).isEqualTo(chores + ofTheHistory + ofTheLanes + 1);
        int before = world.parking.calls("write");
        world.advance(Duration.ofSeconds(10));
        assertThat(world.parking.calls("write") - before).isEqualTo(50);
    }

    @Test
    void everyDeliveryThatWasPlacedEndsOnce() {
        Random random = new Random(11);
        world.endpoints.script(
                "wh_1", attempt -> random.nextInt(4) == 0 ? null : status(random.nextBoolean() ? 200 : 500));
        for (int i = 0; i < 100; i++) {
            world.publish(webhook, 10 * i, 10 * i + random.nextInt(10));
            world.advance(Duration.ofMillis(random.nextInt(1000)));
            world.endpoints.release(status(200));
        }
        world.stage.drain();
        world.endTurn();
        assertThat(world.settled()).isEqualTo(world.tally.placed);
    }
}
