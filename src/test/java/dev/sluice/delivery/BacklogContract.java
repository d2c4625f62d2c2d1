package dev.sluice.delivery;

import static dev.sluice.delivery.ParkingSite.events;
import static dev.sluice.delivery.ParkingSite.finish;
import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.kept;
import static dev.sluice.delivery.ParkingSite.park;
import static dev.sluice.delivery.ParkingSite.taken;
import static dev.sluice.delivery.ParkingSite.tried;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.Parking.Backlog;
import dev.sluice.delivery.Parking.Claim;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Parking.Written;
import dev.sluice.delivery.redis.PackedSize;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much may be parked for one webhook, and what becomes of the rest. */
public interface BacklogContract extends ParkingSite {
    /** As if it had been parked for longer than any limit. */
    void makeOld(String deliveryId);

    private Parking limited(long count, long bytes) {
        return with(new ParkingConfig(1, SHORT, LONG, 100, count, bytes, Duration.ofDays(7)));
    }

    private Written write(Parking parking, Outcome... outcomes) {
        return get(() -> parking.write(LANE, Arrays.asList(outcomes), Duration.ZERO));
    }

    private static Outcome[] parks(int count) {
        return IntStream.range(0, count).mapToObj(i -> park(fresh(i))).toArray(Outcome[]::new);
    }

    @Test
    default void whatIsMoreThanTheLimitIsDead() {
        Written written = write(limited(3, 1 << 20), parks(5));
        assertThat(written.overflowed()).isEqualTo(2);
        assertThat(backlog().parked()).isEqualTo(3);
        assertThat(claimAll()).extracting(Claimed::event).containsExactlyElementsOf(events(0, 1, 2));
    }

    @Test
    default void whatIsLargerThanTheLimitIsDead() {
        int each = PackedSize.of(event(0));
        assertThat(write(limited(100, 2L * each), parks(3)).overflowed()).isEqualTo(1);
        assertThat(backlog().bytes()).isEqualTo(2L * each);
    }

    @Test
    default void whatEndedMakesRoom() {
        Parking two = limited(2, 1 << 20);
        write(two, parks(2));
        Claimed first = claimOne();
        assertThat(write(two, park(fresh(5))).overflowed()).isEqualTo(1);
        assertThat(write(two, finish(first), park(fresh(6))).overflowed()).isZero();
    }

    @Test
    default void whatIsParkedStaysParkedThoughTheLimitIsReached() {
        Parking one = limited(1, 1);
        write(parks(2));
        Written written = write(one, tried(claimOne(), Duration.ZERO));
        assertThat(written.overflowed()).isZero();
        assertThat(claimAll()).extracting(Claimed::attempts).containsExactlyInAnyOrder(1, 0);
    }

    @Test
    default void whatIsUnderWayIsKeptThoughTheLimitIsReached() {
        Parking one = limited(1, 1 << 20);
        write(one, park(fresh(1)));
        assertThat(write(one, new Outcome.Keep(fresh(2))).overflowed()).isZero();
        write(one, new Outcome.Park(kept(fresh(2), 1), 0, Duration.ZERO));
        assertThat(claimAll()).hasSize(2);
    }

    @Test
    default void aBurstThatBeginsBeyondTheLimitIsDead() {
        Outcome merge = new Outcome.Merge(fresh(2), "slot", Duration.ZERO, LONG);
        assertThat(write(limited(1, 1 << 20), park(fresh(1)), merge).overflowed())
                .isEqualTo(1);
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(1));
    }

    @Test
    default void ofAChainWhatIsBeyondTheLimitIsDeadAndTheRestGoesOn() {
        write(limited(2, 1 << 20), park(fresh(1, "a")), park(fresh(2, "a")), park(fresh(3, "a")));
        write(finish(claimOne()));
        write(finish(claimOne()));
        assertThat(claimAll()).isEmpty();
        assertThat(blocked()).isEmpty();
    }

    @Test
    default void theSameAgainIsNoOverflow() {
        Parking two = limited(2, 1 << 20);
        write(two, parks(3));
        assertThat(write(two, parks(3)).overflowed()).isZero();
    }

    @Test
    default void whatIsTooOldIsDeadAndTheClaimGoesOn() {
        write(parks(3));
        makeOld(fresh(0).id());
        makeOld(fresh(1).id());
        Claim claim = claim(1);
        assertThat(claim.expired()).isEqualTo(2);
        assertThat(claim.deliveries()).extracting(Claimed::event).containsExactly(event(2));
    }

    @Test
    default void aFirstThatIsTooOldLetsTheNextOfItsKeyGo() {
        write(park(fresh(1, "a")), park(fresh(2, "a")));
        makeOld(fresh(1, "a").id());
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(2));
    }

    @Test
    default void whatFailedAndIsTooOldIsNotTriedAgain() {
        write(park(fresh(1, "a")), park(fresh(2, "a")));
        Claimed first = claimOne();
        makeOld(first.id());
        Written written = write(tried(first, Duration.ZERO));
        assertThat(written.expired()).isEqualTo(1);
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(2));
    }

    @Test
    default void manyThatAreTooOldTakeSeveralClaims() {
        write(parks(500));
        IntStream.range(0, 500).forEach(i -> makeOld(fresh(i).id()));
        int expired = 0;
        int claims = 0;
        Claim claim;
        do {
            claim = claim(1);
            assertThat(claim.deliveries()).isEmpty();
            expired += claim.expired();
            claims++;
        } while (claim.more());
        assertThat(expired).isEqualTo(500);
        assertThat(claims).isBetween(2, 500);
    }

    @Test
    default void whoeverLostItsLeaseDoesNotWakeTheDead() {
        write(park(fresh(1)));
        Claimed first = claimHastily();
        makeOld(first.id());
        until(() -> parking().claim(LANE, 1), claim -> claim.expired() == 1);
        write(tried(first, Duration.ZERO));
        write(new Outcome.Return(taken(first), 0));
        assertThat(claimAll()).isEmpty();
        assertThat(backlog().parked()).isZero();
    }

    @Test
    default void theBacklogTellsWhatIsParkedAndSinceWhen() {
        assertThat(backlog()).isEqualTo(new Backlog(0, 0, null));
        write(park(fresh(1)), park(fresh(2, "a")), park(fresh(3, "a")));
        Backlog three = backlog();
        assertThat(three.parked()).isEqualTo(3);
        assertThat(three.bytes()).isEqualTo(3L * PackedSize.of(event(1)));
        assertThat(three.oldest()).isNotNull();
        for (int i = 0; i < 3; i++) {
            write(finish(claimOne()));
        }
        assertThat(backlog()).isEqualTo(new Backlog(0, 0, null));
    }
}
