package dev.sluice.journal.redis.lease;

/**
 * One reader's hold on one keyed partition, and how far it has read. Times are monotonic nanoseconds. Confined to its
 * reader.
 */
public final class Lease {
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
    private boolean doubtful;

    /**
     * @param reader of all pods, so that with the epoch no two holds are alike
     * @param now    before it was asked for
     */
    public Lease(String partition, String reader, long epoch, long now) {
        this.partition = partition;
        this.epoch = epoch;
        this.value = reader + " " + epoch;
        this.renewedAt = now;
    }

    public String partition() {
        return partition;
    }

    public long epoch() {
        return epoch;
    }

    /** What Redis keeps under the lease's key while this hold lasts. */
    public String value() {
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

    public String position() {
        return position;
    }

    /** Nothing was pending behind the position when it was read last. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    public void catchingUp() {
        caughtUp = false;
    }

    public void caughtUp(String last) {
        caughtUp = true;
        position = last;
    }

    public void received(int entries, String last) {
        unsettled += entries;
        position = last;
    }

    public void settled() {
        unsettled--;
    }

    /** Something stays pending that nobody is at work on. */
    public void setAside() {
        unsettled--;
        hasSetAside = true;
    }

    public boolean hasSetAside() {
        return hasSetAside;
    }

    /** Redis was away: it may have lost what was settled here. */
    void doubt() {
        doubtful = true;
    }

    /** In doubt, while nothing that was received is under way: what is pending up to the position is settled all the same. */
    public boolean isSettledInDoubt() {
        return doubtful && caughtUp && unsettled <= 0 && !hasSetAside && !leaving;
    }

    /** Whatever comes, there is something to read, or to acknowledge again. */
    public boolean isToBeRead() {
        return !caughtUp || isSettledInDoubt();
    }

    /** @param all that was pending */
    public void settledAgain(boolean all) {
        doubtful = !all;
    }

    /** Nothing more is read from it; it ends when nothing is under way. */
    public void leave(long now) {
        if (!leaving) {
            leaving = true;
            leavingSince = now;
        }
    }

    public boolean isLeaving() {
        return leaving;
    }

    /** It was left, and nothing is under way any more. */
    public boolean isDone() {
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
