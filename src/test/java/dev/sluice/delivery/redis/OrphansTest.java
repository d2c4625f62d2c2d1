package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.events;
import static dev.sluice.delivery.ParkingSite.finish;
import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.park;
import static dev.sluice.delivery.ParkingSite.taken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Claim;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.testing.Lives;
import dev.sluice.testing.Loop;
import dev.sluice.testing.NumberedEvents;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Leases are for an hour; what comes again comes as its holder is dead. */
class OrphansTest extends RedisPlace {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private final Lives gone = new Lives("gone");
    private final Lives here = new Lives("here");

    @Override
    RedisServer redis() {
        return REDIS;
    }

    @Override
    Loop loop() {
        return LOOP;
    }

    private RedisParking of(Lives pod) {
        return get(() -> Future.succeededFuture(new RedisParking(
                link, HOMES, DeliveryConfigs.config(DeliveryConfigs.parking(LONG), Duration.ofDays(30)), pod.life())));
    }

    private List<Claimed> claim(RedisParking parking, int limit) {
        return get(() -> parking.claim(LANE, limit)).deliveries();
    }

    private int inherit(RedisParking parking) {
        return get(() -> parking.inherit(0));
    }

    private void parkMany(int count) {
        for (int from = 0; from < count; from += 200) {
            write(IntStream.range(from, Math.min(count, from + 200))
                    .mapToObj(i -> park(fresh(i)))
                    .toArray(Outcome[]::new));
        }
    }

    @Test
    void whatADeadPodHadClaimedIsDueAtOnceAndNothingOfOthers() {
        parkMany(6);
        RedisParking one = of(here);
        claim(of(gone), 2);
        claim(one, 2);
        assertThat(inherit(one)).isZero();
        here.hear("gone.1", "other.1");
        assertThat(inherit(one) + inherit(one)).isEqualTo(2);
        assertThat(get(() -> one.wake(0, 10)).lanes()).containsExactly(LANE);
        assertThat(claim(one, 10)).extracting(Claimed::event).containsExactlyElementsOf(events(0, 1, 4, 5));
        assertThat(inherit(one)).isZero();
    }

    @Test
    void whatManyHadWhoDiedTogetherIsDueAtOnce() {
        parkMany(8);
        for (int i = 0; i < 8; i++) {
            claim(of(new Lives("pod" + i)), 1);
        }
        here.hear(IntStream.range(0, 8).mapToObj(i -> "pod" + i + ".1").toArray(String[]::new));
        assertThat(inherit(of(here))).isEqualTo(8);
    }

    @Test
    void severalPodsThatInheritGetEachOnce() {
        parkMany(4);
        claim(of(gone), 4);
        Lives third = new Lives("third");
        here.hear("gone.1");
        third.hear("gone.1");
        assertThat(inherit(of(here)) + inherit(of(third))).isEqualTo(4);
        assertThat(claim(of(here), 2)).hasSize(2);
        assertThat(claim(of(third), 10)).hasSize(2);
    }

    @Test
    void theFirstOfAKeyComesAgainAndTheNextWaitsBehindIt() {
        write(park(fresh(1, "a")), park(fresh(2, "a")));
        claim(of(gone), 10);
        RedisParking one = of(here);
        here.hear("gone.1");
        inherit(one);
        List<Claimed> first = claim(one, 10);
        assertThat(first).extracting(Claimed::event).containsExactlyElementsOf(events(1));
        write(finish(first.get(0)));
        assertThat(claim(one, 10)).extracting(Claimed::event).containsExactlyElementsOf(events(2));
    }

    @Test
    void whatADeadPodHadKeptAsItWasSlowComesAgain() {
        RedisParking dead = of(gone);
        get(() -> dead.write(LANE, List.of(new Outcome.Keep(fresh(1))), Duration.ZERO));
        RedisParking one = of(here);
        here.hear("gone.1");
        assertThat(inherit(one)).isEqualTo(1);
        assertThat(claim(one, 10)).extracting(Claimed::event).containsExactlyElementsOf(events(1));
    }

    @Test
    void whatADeadPodHadRenewedComesAgain() {
        parkMany(1);
        RedisParking dead = of(gone);
        Claimed claimed = claim(dead, 1).get(0);
        get(() -> dead.renew(LANE, List.of(claimed.id())));
        here.hear("gone.1");
        assertThat(inherit(of(here))).isEqualTo(1);
    }

    @Test
    void whatADeadPodHadGivenBackOrFinishedStaysSo() {
        parkMany(3);
        List<Claimed> claimed = claim(of(gone), 3);
        write(
                new Outcome.Return(taken(claimed.get(0)), claimed.get(0).place()),
                finish(claimed.get(1)),
                new Outcome.Park(taken(claimed.get(2), 1), 0, LONG));
        here.hear("gone.1");
        assertThat(inherit(of(here))).isZero();
        assertThat(claim(of(here), 10)).extracting(Claimed::event).containsExactlyElementsOf(events(0));
    }

    @Test
    void aPodThatStoodStillClaimsNothingUntilItLivesAgainAndThenInAnotherLife() {
        parkMany(2);
        RedisParking still = of(gone);
        Claim before = get(() -> still.claim(LANE, 1));
        assertThat(gone.life().goesOn(gone.life().self())).isTrue();
        assertThat(before.epoch()).isEqualTo(gone.life().self().epoch());
        gone.standStill();
        assertThat(claim(still, 10)).isEmpty();
        gone.hear();
        gone.hear();
        assertThat(gone.name()).isEqualTo("gone.2");
        Claim after = get(() -> still.claim(LANE, 1));
        assertThat(after.deliveries()).hasSize(1);
        here.hear("gone.1");
        assertThat(inherit(of(here))).isEqualTo(1);
        assertThat(claim(of(here), 10))
                .extracting(Claimed::event)
                .containsExactly(before.deliveries().get(0).event());
    }

    @Test
    void whatAPodHasUnderWayWhenItLivesAgainItHoldsInItsNextLifeAndTheRestIsDueAtOnce() {
        parkMany(3);
        RedisParking still = of(gone);
        Claimed slow = claim(still, 3).get(0);
        gone.standStill();
        assertThat(still.isAnew()).isFalse();
        gone.hear();
        gone.hear();
        assertThat(inherit(still)).isZero();
        assertThat(still.isAnew()).isTrue();
        get(() -> still.goOn(Map.of(LANE, List.of(slow.id()))));
        assertThat(still.isAnew()).isFalse();
        assertThat(inherit(still)).isEqualTo(2);
        here.hear("gone.1");
        RedisParking one = of(here);
        assertThat(inherit(one)).isZero();
        assertThat(claim(one, 10)).extracting(Claimed::event).containsExactlyElementsOf(events(1, 2));
        here.hear("gone.1", "gone.2");
        assertThat(inherit(one)).isEqualTo(1);
    }

    @Test
    void whatAnotherHasByThenIsNotTakenAlongIntoTheNextLife() {
        parkMany(1);
        RedisParking still = of(gone);
        Claimed slow = claim(still, 1).get(0);
        gone.standStill();
        RedisParking one = of(here);
        here.hear("gone.1");
        inherit(one);
        claim(one, 1);
        gone.hear();
        gone.hear();
        get(() -> still.goOn(Map.of(LANE, List.of(slow.id()))));
        Lives third = new Lives("third");
        third.hear("gone.2");
        assertThat(inherit(of(third))).isZero();
        third.hear("here.1");
        assertThat(inherit(of(third))).isEqualTo(1);
    }

    @Test
    void freesMoreThanOneLookFindsAndInManyLanes() {
        parkMany(5000);
        RedisParking dead = of(gone);
        for (int i = 0; i < 5; i++) {
            claim(dead, 1000);
        }
        for (int i = 0; i < 700; i++) {
            LaneKey lane = new LaneKey("wh_many" + i, "default");
            Delivery delivery = fresh(NumberedEvents.event(i), lane, null);
            get(() -> dead.write(lane, List.of(park(delivery)), Duration.ZERO));
            get(() -> dead.claim(lane, 1));
        }
        here.hear("gone.1");
        assertThat(inherit(of(here))).isEqualTo(5700);
    }

    @Test
    void tellsFiveHundredHoldersOfOneLaneApart() {
        parkMany(501);
        List<Lives> pods = new ArrayList<>();
        for (int i = 0; i < 501; i++) {
            Lives pod = new Lives("pod" + i);
            pods.add(pod);
            assertThat(claim(of(pod), 1)).hasSize(1);
        }
        RedisParking one = of(here);
        for (Lives pod : List.of(pods.get(0), pods.get(1), pods.get(249), pods.get(499))) {
            here.hear(pod.name());
            assertThat(inherit(one)).isEqualTo(1);
        }
        here.hear(pods.get(500).name()); // one too many: its lease runs out
        assertThat(inherit(one)).isZero();
    }

    @Test
    void tellsAnyNumberOfHoldersApartThatComeAndGoWhileTheLaneIsNeverEmpty() {
        parkMany(4);
        assertThat(claim(of(gone), 1)).hasSize(1);
        for (int i = 0; i < 510; i++) {
            Claimed one = claim(of(new Lives("pod" + i)), 1).get(0);
            write(new Outcome.Return(taken(one), one.place()));
        }
        Lives last = new Lives("last");
        assertThat(claim(of(last), 2)).hasSize(2);
        RedisParking heir = of(here);
        here.hear("pod0.1");
        assertThat(inherit(heir)).isZero();
        here.hear("last.1");
        assertThat(inherit(heir)).isEqualTo(2);
        here.hear("gone.1");
        assertThat(inherit(heir)).isEqualTo(1);
    }

    @Test
    void leavesNothingBehind() {
        parkMany(3);
        claim(of(gone), 3);
        here.hear("gone.1");
        inherit(of(here));
        claim(of(here), 3).forEach(claimed -> write(finish(claimed)));
        get(() -> parking.claim(LANE, 1));
        assertThat(REDIS.command("DBSIZE")).isEqualTo(":0");
    }

    @Test
    void theNextOfASlotGoesWhenThePodThatHadTheOneBeforeIsDead() {
        write(new Outcome.Merge(fresh(1), "slot", Duration.ZERO, LONG));
        claim(of(gone), 1);
        write(new Outcome.Merge(fresh(2), "slot", Duration.ZERO, LONG));
        RedisParking one = of(here);
        assertThat(claim(one, 1)).isEmpty();
        here.hear("gone.1");
        inherit(one);
        List<Claimed> found = new ArrayList<>();
        until(() -> one.claim(LANE, 10).map(claim -> found.addAll(claim.deliveries())), some -> !found.isEmpty());
        assertThat(found).extracting(Claimed::event).containsExactlyElementsOf(events(2));
    }
}
