package dev.sluice.journal.redis.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.life.Epochs;
import dev.sluice.testing.ManualTicker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeasesTest {
    private static final Duration TERM = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ManualTicker ticker = new ManualTicker();
    private final Epochs epochs = new Epochs(ticker);
    private final Leases leases = new Leases(8, TERM.toNanos(), PATIENCE.toNanos(), epochs, () -> {});

    private Lease held(String partition) {
        Lease lease = new Lease(partition, "reader", epochs.next(), ticker.nanos());
        epochs.begin(lease.epoch(), ticker.nanos() + TERM.toNanos());
        leases.add(lease);
        return lease;
    }

    private void renew(Lease lease) {
        lease.renewed(ticker.nanos());
        epochs.extend(lease.epoch(), ticker.nanos() + TERM.toNanos());
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "2, 4", "3, 3", "7, 2", "8, 1", "100, 1"})
    void sharesThePartitionsSoThatNoneIsLeftOver(int readers, int share) {
        assertThat(leases.share(readers)).isEqualTo(share);
        assertThat(leases.share(readers) * readers).isGreaterThanOrEqualTo(8);
    }

    @Test
    void missesWhatItHoldsLessThanItsShare() {
        assertThat(leases.missing(2)).isEqualTo(2);
        held("k0");
        held("k1");
        assertThat(leases.missing(2)).isZero();
        assertThat(leases.missing(1)).isZero();
    }

    @Test
    void leavesTheYoungestThatAreMoreThanItsShare() {
        Lease first = held("k3");
        Lease second = held("k1");
        Lease third = held("k2");
        leases.leaveSurplus(2, ticker.nanos());
        assertThat(third.isLeaving()).isTrue();
        leases.leaveSurplus(2, ticker.nanos());
        assertThat(leases.readable()).containsExactly(first, second);
    }

    @Test
    void takesNothingForWhatItIsStillLeaving() {
        held("k0");
        held("k1");
        leases.leaveSurplus(1, ticker.nanos());
        assertThat(leases.missing(2)).isZero();
    }

    @Test
    void givesBackAtOnceWhatNothingIsUnderWayOf() {
        Lease idle = held("k0");
        assertThat(leases.over(ticker.nanos())).isEmpty();
        leases.leaveSurplus(0, ticker.nanos());
        assertThat(leases.over(ticker.nanos())).containsExactly(idle);
    }

    @Test
    void givesBackWhenTheLastEntryIsSettledOrOthersHaveWaitedForATerm() {
        Lease quick = held("k0");
        Lease slow = held("k1");
        quick.received(2, "1-0");
        slow.received(2, "1-0");
        leases.leaveSurplus(0, ticker.nanos());
        quick.settled();
        assertThat(leases.over(ticker.nanos())).isEmpty();
        quick.settled();
        assertThat(leases.over(ticker.nanos())).containsExactly(quick);
        leases.remove(quick);
        ticker.advance(PATIENCE.minusNanos(1));
        assertThat(leases.over(ticker.nanos())).isEmpty();
        ticker.advance(Duration.ofNanos(1));
        assertThat(leases.over(ticker.nanos())).containsExactly(slow);
    }

    @Test
    void renewsEachLeaseAfterAThirdOfItsTermAndNotTwiceAtOnce() {
        Lease early = held("k0");
        ticker.advance(TERM.dividedBy(6));
        held("k1");
        ticker.advance(TERM.dividedBy(6));
        assertThat(leases.dueForRenewal(ticker.nanos())).containsExactly(early);
        early.renewing();
        assertThat(leases.dueForRenewal(ticker.nanos())).isEmpty();
        early.notRenewed();
        assertThat(leases.dueForRenewal(ticker.nanos())).containsExactly(early);
        renew(early);
        assertThat(leases.dueForRenewal(ticker.nanos())).isEmpty();
    }

    @Test
    void endsWhatWasNotRenewedForATerm() {
        Lease renewed = held("k0");
        Lease forgotten = held("k1");
        ticker.advance(TERM.dividedBy(2));
        renew(renewed);
        ticker.advance(TERM.dividedBy(2));
        assertThat(leases.ended()).containsExactly(forgotten);
        assertThat(leases.readable()).containsExactly(renewed);
    }

    @Test
    void readsFromEachInItsTurnWhenItMayNotReadFromAll() {
        Set<Lease> all = new HashSet<>(List.of(held("k0"), held("k1"), held("k2")));
        Set<Lease> read = new HashSet<>(leases.readable(2));
        assertThat(read).hasSize(2);
        read.addAll(leases.readable(2));
        assertThat(read).isEqualTo(all);
        assertThat(leases.readable(3)).containsExactlyInAnyOrderElementsOf(all);
    }
}
