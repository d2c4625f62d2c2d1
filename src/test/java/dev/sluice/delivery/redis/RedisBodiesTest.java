package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.finish;
import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.kept;
import static dev.sluice.delivery.ParkingSite.park;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.DeadLetters;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Parking.Written;
import dev.sluice.event.Event;
import dev.sluice.redis.Keys;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The data of a large event is in a shard once, as long as any of its deliveries is. */
class RedisBodiesTest extends RedisPlace {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final int BYTES = 300_000;
    private static final List<LaneKey> LANES = IntStream.range(1, 6)
            .mapToObj(i -> new LaneKey("wh_" + i, "default"))
            .toList();
    private static final LaneKey OTHER = LANES.get(1);
    private static final Event LARGE = large(1);
    private static final String BODY = Keys.body("q0") + LARGE.id().text();

    @Override
    RedisServer redis() {
        return REDIS;
    }

    @Override
    Loop loop() {
        return LOOP;
    }

    private static Event large(int number) {
        byte[] bytes = new byte[BYTES];
        new Random(number).nextBytes(bytes);
        return event(number, "a", Buffer.buffer(bytes));
    }

    private static Outcome parked(LaneKey lane) {
        return park(fresh(LARGE, lane, null));
    }

    private Written write(LaneKey lane, Outcome... outcomes) {
        return get(() -> parking.write(lane, List.of(outcomes), Duration.ZERO));
    }

    private List<Claimed> claim(LaneKey lane) {
        return get(() -> parking.claim(lane, 10)).deliveries();
    }

    private void end(LaneKey lane) {
        claim(lane).forEach(claimed -> write(lane, finish(claimed)));
    }

    /** In milliseconds; -1: for ever, -2: it is not there. */
    private long left() {
        return get(() -> link.send(Request.cmd(Command.PTTL).arg(BODY))).toLong();
    }

    private long received() {
        String stats =
                get(() -> link.send(Request.cmd(Command.INFO).arg("stats"))).toString();
        return stats.lines()
                .filter(line -> line.startsWith("total_net_input_bytes:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    private DeadLetters letters() {
        return new RedisDeadLetters(link, HOMES, DeliveryConfigs.config(DeliveryConfigs.parking(LONG), LONG));
    }

    @Test
    void oneWebhookBringsItAndAllOthersReferToIt() {
        long before = received();
        get(() -> Future.all(LANES.stream()
                .map(lane -> parking.write(lane, List.of(parked(lane)), Duration.ZERO))
                .toList()));
        assertThat(received() - before).isBetween((long) BYTES, BYTES + 20_000L);
        assertThat(left()).isEqualTo(-1);
        for (LaneKey lane : LANES) {
            assertThat(claim(lane)).extracting(Claimed::event).containsExactly(LARGE);
        }
        assertThat(received() - before).isLessThan(2L * BYTES);
    }

    @Test
    void anotherPodBringsNothingThatIsThere() {
        write(LANE, parked(LANE));
        long before = received();
        get(() -> ofHastyPod().write(OTHER, List.of(parked(OTHER)), Duration.ZERO));
        assertThat(received() - before).isLessThan(BYTES);
        assertThat(claim(OTHER)).extracting(Claimed::event).containsExactly(LARGE);
    }

    @Test
    void itGoesWithTheLastDeliveryAndLeavesNothingBehind() {
        write(LANE, parked(LANE));
        write(OTHER, parked(OTHER));
        end(LANE);
        assertThat(left()).isEqualTo(-1);
        end(OTHER);
        List.of(LANE, OTHER).forEach(this::claim);
        assertThat(REDIS.command("DBSIZE")).isEqualTo(":0");
    }

    /** Every way in which a delivery that is parked is there no more, and leaves no dead letter. */
    static Stream<Consumer<RedisBodiesTest>> ends() {
        return Stream.of(
                test -> test.write(LANE, finish(test.claimOne())),
                test -> test.get(() -> test.parking.purge(LANE)),
                test -> {
                    test.write(LANE, new Outcome.Bury(kept(fresh(LARGE, LANE, null), 0), 0, "gone"));
                    test.get(() -> test.letters().purge(fresh(LARGE).id()));
                });
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whateverEndsADeliveryLetsItGo(Consumer<RedisBodiesTest> end) {
        write(LANE, parked(LANE));
        assertThat(left()).isEqualTo(-1);
        end.accept(this);
        assertThat(left()).isEqualTo(-2);
        assertThat(REDIS.command("EXISTS", BODY + ":of")).isEqualTo(":0");
    }

    /** A pod that stood still ends a delivery, and parks it anew, as it read its event again. */
    @Test
    void whatEndsAndIsParkedAgainInOneWriteHasItsData() {
        write(LANE, parked(LANE));
        write(LANE, finish(claim(LANE).get(0)), parked(LANE));
        assertThat(left()).isEqualTo(-1);
        assertThat(claim(LANE)).extracting(Claimed::event).containsExactly(LARGE);
    }

    /** As a pod finds that stood still until its data was there. */
    @Test
    void whatIsAnothersWhenTheDataIsThereIsNotWritten() {
        String told = get(() -> parking.write(LANE, List.of(parked(LANE)), Duration.ZERO, () -> false)
                .map("written")
                .otherwise(Throwable::getMessage));
        assertThat(told).startsWith("the pod stood still");
        assertThat(claim(LANE)).isEmpty();
        write(LANE, parked(LANE));
        assertThat(claim(LANE)).extracting(Claimed::event).containsExactly(LARGE);
    }

    @Test
    void whatIsCoalescedLetsItGo() {
        write(LANE, new Outcome.Merge(fresh(LARGE), "slot", LONG, LONG));
        Event younger = large(2);
        write(LANE, new Outcome.Merge(fresh(younger), "slot", Duration.ZERO, LONG));
        assertThat(left()).isEqualTo(-2);
        assertThat(REDIS.command("EXISTS", Keys.body("q0") + younger.id().text()))
                .isEqualTo(":1");
    }

    @Test
    void aLostHolderOfABurstThatAYoungerOneStandsForLetsItGo() {
        write(LANE, new Outcome.Merge(fresh(LARGE), "slot", Duration.ZERO, LONG));
        claimHastily();
        write(LANE, new Outcome.Merge(fresh(large(2)), "slot", Duration.ZERO, LONG));
        assertThat(claimLater().event()).isEqualTo(large(2));
        assertThat(left()).isEqualTo(-2);
    }

    @Test
    void deadLettersKeepItAsLongAsTheyAreKeptThemselves() {
        write(LANE, parked(LANE));
        write(OTHER, parked(OTHER));
        write(LANE, new Outcome.Bury(kept(fresh(LARGE), 0), 0, "gone"));
        assertThat(left()).as("the other one is parked").isEqualTo(-1);
        end(OTHER);
        long letter = get(() -> link.send(Request.cmd(Command.PTTL)
                        .arg(Keys.delivery("q0") + fresh(LARGE).id())))
                .toLong();
        assertThat(left()).isBetween(1L, letter + 1);
    }

    @Test
    void aDeadLetterThatIsRetriedHasItsDataForAsLongAsItWaits() {
        write(LANE, new Outcome.Bury(fresh(LARGE), 0, "gone"));
        assertThat(left()).isPositive();
        assertThat(get(() -> letters().retry(fresh(LARGE).id()))).isTrue();
        assertThat(left()).isEqualTo(-1);
        assertThat(claimOne().event()).isEqualTo(LARGE);
    }

    @Test
    void aDeadLetterThatRanOutBesideAParkedOneHoldsNothing() {
        write(LANE, parked(LANE));
        write(OTHER, new Outcome.Bury(fresh(LARGE, OTHER, null), 0, "gone"));
        String dead = fresh(LARGE, OTHER, null).id();
        REDIS.command("DEL", Keys.delivery("q0") + dead);
        REDIS.command("ZADD", BODY + ":of", "1", dead);
        end(LANE);
        assertThat(left()).isEqualTo(-2);
    }

    @Test
    void itIsBroughtAgainWhenRedisLostIt() {
        write(LANE, parked(LANE));
        claimOne();
        REDIS.flushAll();
        write(OTHER, parked(OTHER));
        assertThat(claim(OTHER)).extracting(Claimed::event).containsExactly(LARGE);
        breakConnections();
        write(LANE, new Outcome.Park(kept(fresh(LARGE), 1), 0, Duration.ZERO));
        assertThat(claimOne().event()).isEqualTo(LARGE);
    }

    private void breakConnections() {
        REDIS.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        LOOP.until(() -> parking.write(LANE, List.of(), Duration.ZERO), written -> true);
    }

    @Test
    void itIsParkedAlsoWhileRedisIsFull() {
        REDIS.fill();
        write(LANE, parked(LANE));
        assertThat(claimOne().event()).isEqualTo(LARGE);
    }

    @Test
    void whatNobodyRefersToRunsOut() {
        write(LANE, new Outcome.Merge(fresh(2), "slot", Duration.ZERO, LONG));
        claimOne();
        Written written = write(LANE, new Outcome.Merge(fresh(LARGE), "slot", Duration.ZERO, LONG));
        assertThat(written.coalesced()).containsExactly(fresh(LARGE).id());
        assertThat(left()).isBetween(1L, 60_000L);
    }

    @Test
    void aDeliveryWithoutItsDataIsShownAndNotThrownAway() {
        write(LANE, parked(LANE), park(fresh(2)));
        REDIS.command("DEL", BODY);
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(2));
        assertThat(backlog().parked()).isEqualTo(2);
    }

    @Test
    void anOlderFormHasItsDataAmongItsFields() {
        write(LANE, parked(LANE));
        String key = Keys.delivery("q0") + fresh(LARGE).id();
        REDIS.command("HDEL", key, "$body", "$packed");
        REDIS.command(
                "HSET",
                key,
                "$data",
                "{\"n\":1}",
                "$event",
                LARGE.id().text(),
                "$attributes",
                "[\"type\",\"a\",\"source\",\"s\"]");
        assertThat(claimOne().event().data()).hasToString("{\"n\":1}");
        write(LANE, new Outcome.Park(kept(fresh(LARGE), 1), 0, Duration.ZERO));
        assertThat(claimOne().event().data()).hasToString("{\"n\":1}");
    }

    @Test
    void claimsFewerWhereTheyAreLarge() {
        write(LANE, IntStream.range(1, 7).mapToObj(i -> park(fresh(large(i)))).toArray(Outcome[]::new));
        assertThat(claim(LANE)).hasSize(3);
    }
}
