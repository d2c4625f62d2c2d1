package dev.sluice.delivery.policy;

/**
 * How many attempts of one lane may be under way at once: the webhook's {@code maxInFlight}, less while the endpoint
 * cannot take that. Confined to one lane; not thread-safe. Times are monotonic nanoseconds.
 *
 * <h2>How it works</h2>
 *
 * <p>Slow start, additive increase, multiplicative decrease, as TCP does it (RFC 5681). Of an endpoint of which nothing is known
 * the window is 16 at most, and every good answer adds one, which doubles it with each round trip: so one that has a limit
 * refuses some ten at first, whatever the maximum is, and one that has none gets 64 at once two round trips later. What is not
 * used teaches nothing: beyond 16 a window is never more than twice of what was under way at once.
 *
 * <p>An answer that says {@link RetryRule#isOverloaded} halves it; from then on each window's worth of good ones adds one.
 * Attempts that were started before the last cut tell about the window before it, so they change nothing: a cut takes effect
 * before it is judged, and a window is halved once for all that fail together.
 *
 * <p>An outage halves it down to 1. Up to half of what it was when the trouble began every good answer adds one, which
 * doubles the window with each round trip; from there on it feels its way. An endpoint that was only restarted has its
 * window back in a few round trips, and one that cannot take so much is not overrun again on the way. Trouble is over,
 * and the next cut is the beginning of another, when a whole window's worth of answers was good.
 *
 * <p>An endpoint that refuses some and takes a third or more of the last answers is not overrun: its window stays at four
 * or above. Otherwise chance would keep it at 1, however much of it is well.
 *
 * <p>Slowness is a mild sign: such an answer adds nothing, and a whole window's worth of them cuts a quarter, but never
 * below a quarter of the maximum. Slow is what takes more than half a second and four times as long as is usual for
 * this endpoint; what stays slow becomes usual.
 *
 * <p>What failed for another reason, such as a 404 or a name that does not resolve, says nothing about load; whether the
 * endpoint should be asked at all is for its {@link Circuit}.
 *
 * <h2>Why not</h2>
 *
 * <p>Why not go by latency alone: an attempt is timed on this side. On a busy gateway five milliseconds become a hundred
 * for every endpoint, healthy ones included, and a window that shrinks for that makes the lane slower, its queue longer
 * and the gateway busier. For the same reason only attempts count that were started after the first slow one was seen:
 * one stall, of the gateway or of the endpoint, makes all that are under way late together.
 *
 * <p>Why not start at the maximum: a first burst that is refused is refused as a whole, and a limited endpoint that gets some
 * hundred events refuses most of its share of them then. Why not smaller again after a quiet time, as TCP does: what is
 * under way shares no wire with others that would be there meanwhile, and most webhooks are quiet between bursts.
 */
public final class Window {
    /** Under way at an endpoint of which nothing is known. */
    private static final int FIRST = 16;

    /** In windows: slowness is noticed before it is usual. */
    private static final int MEMORY = 16;

    private static final int RECENT = 16;
    private static final int LEAST_RECENT = 4;
    private static final int LEAST_CARRIED = 4;

    private final UsualTime usual = new UsualTime();

    // confined state
    private int max;
    private int limit;
    /** Below it the window doubles. */
    private int threshold = Integer.MAX_VALUE;
    /** Under way at once so far. */
    private int most;
    /** Good answers since the last step. */
    private int good;
    /** Good answers until the trouble is over. */
    private int untilWell;

    /** One bit for each of the last answers, the latest first: whether it was good, and not overload. */
    private int recent;

    private int recents;

    private boolean cut;
    private long cutAt;
    private boolean slow;
    private long slowSince;
    private int slowAnswers;

    /** @param max attempts under way at once at most, at least 1 */
    public Window(int max) {
        require(max);
        this.max = max;
        this.limit = Math.min(FIRST, max);
    }

    /** How many attempts may be under way at once: 1 to the maximum. */
    public int limit() {
        return limit;
    }

    /** A window that is whole follows at once, as far as what was under way lets it grow. */
    public void max(int latest) {
        require(latest);
        limit = Math.min(latest, limit == max ? Math.max(limit, reach()) : limit);
        max = latest;
    }

    private int reach() {
        return Math.max(FIRST, 2 * most);
    }

    /**
     * Whether the endpoint takes a good part of what it gets though it refuses some: then the pace is near to what it can
     * carry.
     */
    public boolean isCarried() {
        return recents >= LEAST_RECENT && 3 * Integer.bitCount(recent) >= recents;
    }

    private void remember(boolean good) {
        recent = (recent << 1 | (good ? 1 : 0)) & (1 << RECENT) - 1;
        recents = Math.min(RECENT, recents + 1);
    }

    /**
     * An attempt ended just now.
     *
     * @param underWay until then, itself included
     */
    public void finished(Answer answer, int underWay, long now) {
        most = Math.max(most, underWay);
        long took = answer.took().toNanos();
        boolean isNews = !cut || now - took - cutAt > 0;
        if (RetryRule.isOverloaded(answer)) {
            remember(false);
            if (isNews) {
                overloaded(now);
            }
        } else if (RetryRule.isDelivered(answer)) {
            remember(true);
            boolean late = usual.isExceededBy(took);
            usual.add(took, MEMORY * max);
            if (isNews && late) {
                late(took, now);
            } else if (isNews) {
                good();
            }
        }
    }

    private void overloaded(long now) {
        int least = isCarried() ? LEAST_CARRIED : 1;
        int half = Math.max(Math.min(least, limit), limit / 2);
        if (untilWell == 0) {
            threshold = half;
        }
        untilWell = half;
        cutTo(half, now);
    }

    private void late(long took, long now) {
        if (!slow) {
            slow = true;
            slowSince = now;
            slowAnswers = 0;
        } else if (now - took - slowSince > 0) {
            slowAnswers++;
        }
        int least = Math.max(1, max / 4);
        if (slowAnswers >= limit && limit > least) {
            int next = Math.max(least, limit - (limit + 3) / 4);
            threshold = Math.min(threshold, next);
            cutTo(next, now);
        }
    }

    private void cutTo(int next, long now) {
        limit = next;
        good = 0;
        slow = false;
        cut = true;
        cutAt = now;
    }

    private void good() {
        slow = false;
        untilWell = Math.max(0, untilWell - 1);
        good++;
        int needed = limit < threshold ? 1 : limit;
        if (limit < Math.min(max, reach()) && good >= needed) {
            good = 0;
            limit++;
        }
    }

    private static void require(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max: %d (expected: > 0)".formatted(max));
        }
    }
}
