package dev.sluice.delivery.redis;

import static dev.sluice.testing.NumberedEvents.event;
import static dev.sluice.testing.NumberedEvents.keyed;
import static dev.sluice.testing.NumberedEvents.number;
import static dev.sluice.testing.Webhooks.ordered;
import static dev.sluice.testing.Webhooks.webhook;
import static dev.sluice.testing.Webhooks.withCoalesce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Redelivery.Reached;
import dev.sluice.delivery.Redelivery.Step;
import dev.sluice.event.Event;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Pacing.Coalesce;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRedeliveryTest {
    private static final Webhook PLAIN = webhook("wh_1", "**");
    private static final LaneKey LANE = new LaneKey("wh_1", "default");
    private static final Homes HOMES = new Homes(2, 1);
    private static final Duration LONG = Duration.ofHours(1);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;
    private RedisParking parking;
    private RedisDeadLetters letters;
    private RedisRedelivery redelivery;

    @BeforeEach
    void open() {
        link = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "replay")));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        with(DeliveryConfigs.parking(LONG));
    }

    private void with(ParkingConfig config) {
        LOOP.run(() -> {
            parking = new RedisParking(link, HOMES, DeliveryConfigs.config(config, LONG));
            letters = new RedisDeadLetters(link, HOMES, DeliveryConfigs.config(config, LONG));
            redelivery = new RedisRedelivery(link, HOMES, DeliveryConfigs.config(config, LONG));
        });
        LOOP.until(() -> parking.write(LANE, List.of(), Duration.ZERO).map(true), written -> written);
    }

    @AfterEach
    void close() {
        LOOP.get(() -> link.close());
    }

    private Reached step(Webhook webhook, String from, String to, Event... events) {
        Step step = new Step("rpl_1", from, to, events.length + 1, List.of(events), false);
        return LOOP.get(() -> redelivery.make(webhook, step));
    }

    private List<Claimed> claim() {
        return LOOP.get(() -> parking.claim(LANE, 1000)).deliveries();
    }

    private void write(Outcome... outcomes) {
        LOOP.get(() -> parking.write(LANE, Arrays.asList(outcomes), Duration.ZERO));
    }

    private void finish(Claimed claimed) {
        write(new Outcome.Finish(taken(claimed)));
    }

    private static Delivery taken(Claimed claimed) {
        return new Delivery(
                claimed.id(),
                claimed.event(),
                "wh_1",
                null,
                claimed.attempts(),
                claimed.history(),
                new Delivery.Origin.Parked(claimed.place()));
    }

    private static Delivery fresh(Event event) {
        String id = Delivery.id(event.id(), "wh_1");
        return new Delivery(id, event, "wh_1", null, 1, "{}\n", new Delivery.Origin.Journaled(0, 0, 0));
    }

    private void bury(Event event) {
        write(new Outcome.Bury(fresh(event), 0, "exhausted"));
    }

    private static List<Integer> numbers(List<Claimed> claimed) {
        return claimed.stream().map(one -> number(one.event())).toList();
    }

    @Test
    void deliveriesOfPastEventsAreDueAsIfTheyCameNow() {
        Reached reached = step(PLAIN, "", "one", event(1), event(2));
        assertThat(reached.position()).isEqualTo("one");
        assertThat(reached.read()).isEqualTo(3);
        assertThat(reached.matched()).isEqualTo(2);
        assertThat(reached.queued()).isEqualTo(2);
        assertThat(reached.parked()).isEqualTo(2);
        assertThat(reached.bytes()).isPositive();
        assertThat(LOOP.get(() -> parking.wake(HOMES.shardOf("wh_1"), 10)).lanes())
                .containsExactly(LANE);
        List<Claimed> claimed = claim();
        assertThat(numbers(claimed)).containsExactly(1, 2);
        assertThat(claimed.get(0).id()).isEqualTo(Delivery.id(event(1).id(), "wh_1"));
        assertThat(claimed.get(0).event()).isEqualTo(event(1));
        assertThat(claimed.get(0).attempts()).isZero();
    }

    @Test
    void aRepeatedStepIsMadeOnce() {
        step(PLAIN, "", "one", event(1), event(2));
        claim().forEach(this::finish);
        Reached again = step(PLAIN, "", "one", event(1), event(2));
        assertThat(again.position()).isEqualTo("one");
        assertThat(again.queued()).isEqualTo(2);
        assertThat(again.parked()).isZero();
        assertThat(claim()).isEmpty();
    }

    @Test
    void aStepOfOneWhoFellBehindTellsWhereTheReplayIs() {
        step(PLAIN, "", "one", event(1));
        step(PLAIN, "one", "two", event(2));
        Reached behind = step(PLAIN, "one", "another", event(3));
        assertThat(behind.position()).isEqualTo("two");
        assertThat(behind.read()).isEqualTo(4);
        assertThat(numbers(claim())).containsExactly(1, 2);
    }

    @Test
    void tellsHowFarAReplayIs() {
        assertThat(LOOP.get(() -> redelivery.reached(LANE, "rpl_1"))).isEqualTo(new Reached("", 0, 0, 0, 0, 0));
        Reached reached = step(PLAIN, "", "one", event(1));
        assertThat(LOOP.get(() -> redelivery.reached(LANE, "rpl_1"))).isEqualTo(reached);
        assertThat(LOOP.get(() -> redelivery.reached(LANE, "rpl_2")).position()).isEmpty();
    }

    @Test
    void leavesWhatWaitsOrIsUnderWayAsItIs() {
        write(new Outcome.Park(fresh(event(1)), 0, LONG), new Outcome.Park(fresh(event(2)), 0, Duration.ZERO));
        Claimed underWay = claim().get(0);
        Reached reached = step(PLAIN, "", "one", event(1), event(2), event(3));
        assertThat(reached.queued()).isEqualTo(1);
        assertThat(numbers(claim())).containsExactly(3);
        finish(underWay);
        assertThat(LOOP.get(() -> parking.backlog(LANE)).parked()).isEqualTo(2);
    }

    @Test
    void retriesADeadLetterInItsPlaceAmongTheOthers() {
        bury(event(2));
        Reached reached = step(PLAIN, "", "one", event(1), event(2), event(3));
        assertThat(reached.queued()).isEqualTo(3);
        List<Claimed> claimed = claim();
        assertThat(numbers(claimed)).containsExactly(1, 2, 3);
        assertThat(claimed.get(1).attempts()).isZero();
        assertThat(claimed.get(1).history()).isEqualTo("{}\n");
        assertThat(LOOP.get(() -> letters.counts("wh_1"))[1]).isZero();
    }

    @Test
    void retriesNothingButDeadLettersWhereOnlyTheyAreWanted() {
        bury(event(2));
        Step step = new Step("rpl_1", "", "one", 3, List.of(event(1), event(2), event(3)), true);
        Reached reached = LOOP.get(() -> redelivery.make(PLAIN, step));
        assertThat(reached.queued()).isEqualTo(1);
        assertThat(numbers(claim())).containsExactly(2);
    }

    @Test
    void keepsTheOrderOfEachKey() {
        Webhook ordered = ordered(PLAIN);
        step(ordered, "", "one", keyed(1, "a"), keyed(2, "b"), keyed(3, "a"));
        step(ordered, "one", "two", keyed(4, "b"), keyed(5, "a"), keyed(6, "c"));
        List<Integer> sent = new ArrayList<>();
        for (List<Claimed> ready = claim(); !ready.isEmpty(); ready = claim()) {
            assertThat(ready)
                    .extracting(one -> one.event().attributes().get("partitionkey"))
                    .doesNotHaveDuplicates();
            sent.addAll(numbers(ready));
            ready.forEach(this::finish);
        }
        assertThat(sent.stream().filter(n -> n == 1 || n == 3 || n == 5)).containsExactly(1, 3, 5);
        assertThat(sent.stream().filter(n -> n == 2 || n == 4)).containsExactly(2, 4);
        assertThat(sent).contains(6);
    }

    @Test
    void coalescesWhatCoalescesAndRetriesDeadLettersByThemselves() {
        Webhook build = withCoalesce(PLAIN, new Coalesce(Coalesce.By.WEBHOOK, Duration.ZERO, Duration.ZERO));
        bury(event(2));
        Reached reached = step(build, "", "one", event(1), event(2), event(3), event(4));
        assertThat(reached.matched()).isEqualTo(4);
        assertThat(reached.queued()).isEqualTo(2);
        List<Claimed> claimed = claim();
        assertThat(numbers(claimed)).containsExactlyInAnyOrder(2, 4);
        assertThat(claimed.stream().mapToInt(Claimed::stands).sum()).isEqualTo(2);
    }

    @Test
    void whatIsBeyondTheLimitsOfTheBacklogIsNotQueued() {
        with(new ParkingConfig(2, Duration.ofMillis(200), LONG, 100, 3, 1 << 20, LONG));
        Event[] many = IntStream.range(0, 5).mapToObj(n -> event(n)).toArray(Event[]::new);
        Reached reached = step(PLAIN, "", "one", many);
        assertThat(reached.queued()).isEqualTo(3);
        assertThat(LOOP.get(() -> letters.counts("wh_1"))).containsExactly(3, 2);
    }

    @Test
    void isForgottenAWeekAfterItsLastSign() {
        step(PLAIN, "", "one", event(1));
        String key = Keys.replayed("q" + HOMES.shardOf("wh_1"), "rpl_1");
        REDIS.command("PEXPIRE", key, "100000");
        LOOP.get(() -> redelivery.reached(LANE, "rpl_1"));
        long left = Long.parseLong(REDIS.command("PTTL", key).substring(1));
        assertThat(Duration.ofMillis(left)).isBetween(Duration.ofDays(6), Duration.ofDays(7));
    }
}
