package dev.sluice.delivery.policy;

import dev.sluice.time.Jitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one rate limit that one lane holds, and when it should ask for how many more. A changed limit gets new
 * ones: what the old hold, wait for or are answered concerns nobody any more. Confined to one lane; not thread-safe.
 * Times are monotonic nanoseconds of one {@link dev.sluice.time.Ticker}, waits are spans of them.
 *
 * <h2>How it works</h2>
 *
 * <p>The limit is kept in Redis, where each token has its time: the lanes of all pods take turns in one row of slots.
 * A grant brings slots up to {@link #HORIZON} ahead, and the next ones are asked for when those in hand last for half
 * of it, so that a busy lane asks about twenty times a second, however high its limit is, and the answer comes before
 * it is needed. There is never more than one question under way.
 *
 * <p>How many: what waits, but no more than can be used soon, which is what fits into the window now, or twice what
 * was used in the last horizon. A lane that is fed one by one would ask for each one, so it asks for what it used
 * lately if that waits no longer, but only for as many as the limit brings forth within a horizon: of ten a day none
 * is taken on suspicion.
 *
 * <p>A slot is used at its time or soon after, never before, and lapses after a quarter of a second, or a quarter of
 * the spacing if that is longer. Without that a lane that stood still would keep its slots and use them together with
 * those that others get later. So with spacing s, in any span t, over all pods: at most {@code burst + t / s}, and what
 * pods that stood still are late with, {@code max(0.25 s, s / 4) / s} at the very most. The time is counted from the
 * question, for the answer may be what was late.
 *
 * <p>While Redis is away nothing is granted, so nothing goes out beyond what is in hand.
 *
 * <h2>Why not</h2>
 *
 * <p>Why not a share of the limit for each pod: pods come and go, and the traffic of a webhook is not spread evenly.
 * Why not go on at a share while Redis is away: the limit would not hold, and what would be sent comes from Redis.
 */
public final class TokenBucket {
    /** How far ahead of its time a token may be reserved. */
    public static final Duration HORIZON = Duration.ofMillis(100);

    /** A wait that time does not end. */
    public static final long NONE = Long.MAX_VALUE;

    private static final long AHEAD = HORIZON.toNanos();
    private static final long KEEP = Duration.ofMillis(250).toNanos();
    private static final long SHORTEST_BACK_OFF = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_BACK_OFF = Duration.ofSeconds(2).toNanos();

    private final Jitter jitter;

    // confined state
    private long spacing;
    private long keep;
    private final Deque<Slots> held = new ArrayDeque<>();
    private final RecentUse used = new RecentUse(AHEAD);
    private boolean asking;
    private long askedAt;
    private boolean putOff;
    /** While it is put off: not to ask before. */
    private long askAt;

    private long backOff = SHORTEST_BACK_OFF;
    private @Nullable Grant last;

    /** What can be given back: the last so many of the grant that left this mark. */
    public record Surplus(int tokens, long mark) {}

    /**
     * @param limit so many in each period, over all pods
     * @param jitter spreads the questions of pods that were refused together
     */
    public TokenBucket(int limit, Duration period, Jitter jitter) {
        this.jitter = jitter;
        space(limit, period);
    }

    /** What is held stays as it was granted; a wait for more lasts no longer than it may at this pace. */
    public void pace(int limit, Duration period, long now) {
        space(limit, period);
        askAt = now + Math.min(askAt - now, spacing);
    }

    private void space(int limit, Duration period) {
        spacing = (period.toNanos() + limit - 1) / limit;
        keep = Math.max(KEEP, spacing / 4);
    }

    /** Until an attempt may start: 0 now, {@link #NONE} if no token is held. */
    public long waitNanos(long now) {
        dropStale(now);
        Slots next = held.peek();
        return next == null ? NONE : Math.max(0, next.first() - now);
    }

    /** An attempt starts. */
    public void take(long now) {
        if (waitNanos(now) != 0) {
            throw new IllegalStateException("take: wait for %d ns (expected: 0)".formatted(waitNanos(now)));
        }
        Slots next = held.element();
        next.use();
        if (next.count() == 0) {
            held.remove();
        }
        used.add(now);
    }

    /**
     * How many to ask for now; 0: none.
     *
     * @param queued what waits for a token
     * @param room   how many attempts could start now if there were tokens
     */
    public int need(int queued, int room, long now) {
        if (queued == 0 || askWaitNanos(now) > 0) {
            return 0;
        }
        dropStale(now);
        int inHand = count();
        int lately = used.count(now);
        if (inHand > 0 && isEnough(inHand, lately, now)) {
            return 0;
        }
        int broughtForth = (int) Math.min(Integer.MAX_VALUE, AHEAD / spacing);
        int useful = broughtForth == 0 ? room : Math.max(room, 2 * lately);
        int wanted = Math.max(queued, Math.min(lately, broughtForth));
        return Math.max(0, Math.min(wanted, useful) - inHand);
    }

    /** Those whose time is to come last until then, the others for as long as they would have lasted lately. */
    private boolean isEnough(int inHand, int lately, long now) {
        long ahead = held.getLast().last() - now;
        return ahead > 0 ? ahead >= AHEAD / 2 : 2L * inHand >= lately;
    }

    /** Until it may be asked: 0 now, {@link #NONE} while an answer is awaited. */
    public long askWaitNanos(long now) {
        if (asking) {
            return NONE;
        }
        return putOff ? Math.max(0, askAt - now) : 0;
    }

    public void asked(long now) {
        asking = true;
        askedAt = now;
    }

    /** What came of the question, as soon as it is known. */
    public void granted(Grant grant, long now) {
        asking = false;
        backOff = SHORTEST_BACK_OFF;
        long left = keep - (now - askedAt);
        if (left >= 0) {
            add(new Slots(grant.immediate(), now, 0, left));
            add(new Slots(grant.paced(), now + grant.firstIn().toNanos(), spacing, left));
        }
        last = grant.tokens() > 0 ? grant : null;
        putOff = !grant.moreIn().isZero();
        askAt = now + pause(grant);
    }

    /** Who got nothing comes before those who got some, and nobody comes always right after the same other. */
    private long pause(Grant grant) {
        long more = grant.moreIn().toNanos();
        long least = grant.tokens() > 0 ? Math.max(AHEAD * 3 / 8, more + AHEAD / 4) : Math.max(AHEAD / 8, more);
        return least + chance(AHEAD / 4);
    }

    /** Redis is away, or did not answer: whatever was granted is lost. */
    public void failed(long now) {
        asking = false;
        putOff = true;
        askAt = now + backOff + chance(backOff / 2);
        backOff = Math.min(LONGEST_BACK_OFF, 2 * backOff);
    }

    /** Lets go of all that is held; null: there is nothing to give back. */
    public @Nullable Surplus surrender(long now) {
        dropStale(now);
        Surplus surplus =
                last == null || held.isEmpty() ? null : new Surplus(Math.min(count(), last.tokens()), last.mark());
        held.clear();
        last = null;
        return surplus;
    }

    private void add(Slots slots) {
        if (slots.count() > 0) {
            held.add(slots);
        }
    }

    private void dropStale(long now) {
        for (Slots next = held.peek(); next != null; next = held.peek()) {
            next.dropStale(now);
            if (next.count() > 0) {
                return;
            }
            held.remove();
        }
    }

    private int count() {
        int sum = 0;
        for (Slots slots : held) {
            sum += slots.count();
        }
        return sum;
    }

    private long chance(long most) {
        return (long) (most * jitter.next());
    }
}
