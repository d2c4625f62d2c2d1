package dev.sluice.delivery.lane;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Delivery.Origin;
import dev.sluice.delivery.Tenure;

/**
 * Whether what a lane holds is still its own. What was placed is, while its reader has the partition; what was claimed, by
 * this pod's clock: a pod that stood still must not send what others may have claimed meanwhile, and something newer after
 * it. A lease counts from when it was asked for, so that it ends here before it ends in Redis. Times are monotonic nanoseconds.
 */
final class Lease {
    private final Tenure tenure;
    private final long nanos;

    // confined state
    private long renewedAt;
    /** Since then no lease ran out between two renewals. */
    private long unbrokenSince;

    Lease(Tenure tenure, long nanos, long now) {
        this.tenure = tenure;
        this.nanos = nanos;
        this.renewedAt = now - nanos;
        this.unbrokenSince = now;
    }

    /** All that the lane held then was renewed, but for what had run out. */
    void renewed(long askedAt) {
        if (askedAt - renewedAt >= nanos) {
            unbrokenSince = askedAt;
        }
        renewedAt = askedAt;
    }

    long life() {
        return tenure.life();
    }

    boolean isAnothers(Delivery delivery, long now) {
        return isLost(delivery) || isOver(delivery, now);
    }

    /** Its reader lost the partition, or the life of this pod is over in which it was claimed. */
    boolean isLost(Delivery delivery) {
        return delivery.isLost(tenure);
    }

    private boolean isOver(Delivery delivery, long now) {
        return delivery.origin() instanceof Origin.Parked parked && isOver(parked.leasedAt(), now);
    }

    private boolean isOver(long leasedAt, long now) {
        boolean isRenewed = renewedAt - leasedAt > 0 && unbrokenSince - leasedAt < nanos;
        return now - (isRenewed ? renewedAt : leasedAt) >= nanos;
    }
}
