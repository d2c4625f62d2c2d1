package dev.sluice.journal.redis;

/**
 * One reader's hold on one keyed partition, and how far it has read. Times are monotonic nanoseconds. Confined to its
 * reader.
 */
final class Lease {
    private static final String START = "0-0";

    private final String partition;
    private final long epoch;
    private final String value;

    // confined state
    private long renewedAt;
    private boolean renewing;
    /** The last entry that it received, or that its group had given out when nothing was pending. */
    private String position = START;

    private boolean caughtUp;
    private int unsettled;
    private boolean leaving;
    private long leavingSince;
    private boolean hasSetAside;

    /**
     * @param reader of all pods, so that with the epoch no two holds are alike
     * @param now    before it was asked for
     */
    Lease(String partition, String reader, long epoch, long now) {
        this.partition = partition;
        this.epoch = epoch;
        this.value = reader + " " + epoch;
        this.renewedAt = now;
    }

    String partition() {
        return partition;
    }

    long epoch() {
        return epoch;
    }

    /** What Redis keeps under the lease's key while this hold lasts. */
    String value() {
        return value;
    }

    boolean isDueForRenewal(long now, long afterNanos) {
        return !renewing && now - renewedAt >= afterNanos;
    }

    void renewing() {
        renewing = true;
    }

    void renewed(long askedAt) {
        renewing = false;
        renewedAt = askedAt;
    }

    void notRenewed() {
        renewing = false;
    }

    String position() {
        return position;
    }

    /** Nothing was pending behind the position when it was read last. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    void catchingUp() {
        caughtUp = false;
    }

    void caughtUp(String last) {
        caughtUp = true;
        position = last;
    }

    void received(int entries, String last) {
        unsettled += entries;
        position = last;
    }

    void settled() {
        unsettled--;
    }

    /** Something stays pending that nobody is at work on. */
    void setAside() {
        unsettled--;
        hasSetAside = true;
    }

    boolean hasSetAside() {
        return hasSetAside;
    }

    /** Nothing more is read from it; it ends when nothing is under way. */
    void leave(long now) {
        if (!leaving) {
            leaving = true;
            leavingSince = now;
        }
    }

    boolean isLeaving() {
        return leaving;
    }

    /** It was left, and nothing is under way any more. */
    boolean isDone() {
        return leaving && unsettled <= 0;
    }

    /** It can be given back: it is done, or others have waited for long enough. */
    boolean isOver(long now, long patienceNanos) {
        return isDone() || (leaving && now - leavingSince >= patienceNanos);
    }

    @Override
    public String toString() {
        return partition + " by " + value;
    }
}
