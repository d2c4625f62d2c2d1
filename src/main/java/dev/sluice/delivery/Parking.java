package dev.sluice.delivery;

import dev.sluice.event.Event;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where deliveries wait: in Redis, for their next attempt, a free lane, a closed circuit or an enabled webhook. Each call
 * is one script. Futures fail with {@link dev.sluice.redis.trouble.RedisUnavailable} while Redis is away. Confined to one event
 * loop.
 *
 * <p>Parked deliveries of one key, {@link Delivery#key}, are a chain: only the first of it can be claimed. It stays the
 * first until it is finished or dead; then the next one is due. A delivery joins the end of its chain when it is first
 * parked, and belongs to it until it ends, whatever becomes of the webhook's settings.
 *
 * <p>What is parked for one webhook is limited in number, bytes and age; what is beyond becomes a dead letter.
 */
public interface Parking {
    /** As {@link #write(LaneKey, List, Duration, BooleanSupplier)}, of what stays this pod's. */
    default Future<Written> write(LaneKey lane, List<Outcome> outcomes, Duration rest) {
        return write(lane, outcomes, rest, () -> true);
    }

    /**
     * Outcomes take effect in the order of the list.
     *
     * @param rest  no parked delivery of the webhook is claimed by any pod before that long from now; zero: no such wish
     * @param isOwn whether all of it is this pod's to write; asked where a write takes several steps, as the pod may have stood
     *     still between them. Where it is not, nothing is written, and the answer fails as while Redis is away
     */
    Future<Written> write(LaneKey lane, List<Outcome> outcomes, Duration rest, BooleanSupplier isOwn);

    /**
     * What came of it beside what was wanted. A write whose answer was lost tells part of it when it is repeated.
     *
     * @param coalesced  ids of deliveries that others stand for
     * @param overflowed how many could not be parked and are dead letters: the backlog is full
     * @param expired    how many have been parked for too long and are dead letters
     * @param more       others are due now; not told when nothing was parked, given back or let go by its chain
     * @param kept       completes when no failover loses what was written; fails if that is not known: it is to be written again
     */
    record Written(List<String> coalesced, int overflowed, int expired, boolean more, Future<Void> kept) {
        public static final Written NOTHING = new Written(List.of(), 0, 0, false, Future.succeededFuture());
    }

    /** What there is to do in a shard. */
    Future<Woken> wake(int shard, int limit);

    /**
     * @param lanes webhooks that have parked deliveries and whose lane may run now; nobody else gets them for a while
     * @param asked webhooks of whose parked deliveries a person asked for some; they are not among {@code lanes}
     * @param resting what endpoints asked for and this pod was not told yet; all that still rests is told again after Redis
     *              was away
     * @param more  there is more of either
     */
    record Woken(List<LaneKey> lanes, List<LaneKey> asked, List<Resting> resting, boolean more) {}

    /** @param rest no attempt before that long from now */
    record Resting(LaneKey lane, Duration rest) {}

    /**
     * The oldest due deliveries of a webhook, each leased to this pod.
     *
     * @param limit at most so many; fewer if they are large
     * @param bytes of their data at most; the first may be larger
     */
    Future<Claim> claim(LaneKey lane, int limit, long bytes);

    /** As many bytes as a claim brings at most. */
    default Future<Claim> claim(LaneKey lane, int limit) {
        return claim(lane, limit, Long.MAX_VALUE);
    }

    /** One to find out with whether an endpoint answers again: the youngest, as what fails again waits long. */
    Future<Claim> claimProbe(LaneKey lane);

    /** Some of those that a person asked for, {@link Claimed#isAsked}, whatever holds the lane. */
    Future<Claim> claimAsked(LaneKey lane);

    /**
     * @param more      there are more that are due now
     * @param expired   how many had been parked for too long, and are dead letters now
     * @param coalesced ids of deliveries whose holder was lost, and that younger ones of their slot stand for
     * @param epoch     in which they were claimed: when it is over they may be others', whatever their lease; 0: none
     */
    record Claim(List<Claimed> deliveries, boolean more, int expired, List<String> coalesced, long epoch) {
        /** In no epoch. */
        public Claim(List<Claimed> deliveries, boolean more, int expired, List<String> coalesced) {
            this(deliveries, more, expired, coalesced, 0);
        }
    }

    /**
     * @param refused  as of {@link Delivery}
     * @param place    when it was due, in Redis' milliseconds: where it waits among the others
     * @param stands   for how many coalesced deliveries
     * @param isUnsure as of {@link Delivery}
     */
    record Claimed(
            String id,
            Event event,
            int attempts,
            int refused,
            String history,
            long place,
            int stands,
            boolean isUnsure) {
        /** A person wants it to be tried now: its place is before all others. */
        public boolean isAsked() {
            return place < 0;
        }
    }

    /** The keys of the webhook that have a chain: what follows has to wait behind it. */
    Future<Blocked> blockedKeys(LaneKey lane);

    /** @param all there are too many to name: take every key for blocked, and see {@code keys} as empty */
    record Blocked(boolean all, Set<String> keys) {
        public static final int MOST = 10_000;

        public static final Blocked ALL = new Blocked(true, Set.of());

        public boolean contains(String key) {
            return all || keys.contains(key);
        }
    }

    Future<Backlog> backlog(LaneKey lane);

    /**
     * @param bytes  what it takes in Redis, about
     * @param oldest since when the oldest waits of those that are next in line, in Redis' time; null: nothing is parked
     */
    record Backlog(long parked, long bytes, @Nullable Instant oldest) {}

    /** What a delivery counts for in memory. */
    static int bytes(Event event) {
        return event.bytes();
    }

    /** Let no pod look at the webhook before that long from now. */
    Future<Void> rest(LaneKey lane, Duration delay);

    /** Still at work on these. */
    Future<Void> renew(LaneKey lane, List<String> deliveryIds);

    /** Whether another life of this pod began, and Redis was not told yet what it holds still: {@link #goOn}. */
    default boolean isAnew() {
        return false;
    }

    /**
     * These are held in the present life of this pod from now on. What it had claimed or kept before beside them is
     * anybody's: {@link #inherit}.
     */
    default Future<Void> goOn(Map<LaneKey, List<String>> held) {
        return Future.succeededFuture();
    }

    /** This pod claimed it and its lease may be over: nothing will be written of it from here. Redis is told nothing. */
    void forgotten(String deliveryId);

    /**
     * What pods that are dead had claimed in the shard is due now, for anybody. Answers how many there were. Costs nothing
     * while nobody died.
     */
    default Future<Integer> inherit(int shard) {
        return Future.succeededFuture(0);
    }

    /** The webhook was enabled or changed: look at its parked deliveries again. */
    Future<Void> rouse(LaneKey lane);

    /**
     * No endpoint's wish to be left alone holds the webhook any more, no circuit, and no pace that was found: look at its
     * parked deliveries.
     */
    Future<Void> release(LaneKey lane);

    /** The webhook is disabled: what is parked stays, and costs a look now and then. */
    Future<Void> sleep(LaneKey lane);

    /** The webhook is deleted: what is parked is cancelled; dead letters stay. Answers how many were cancelled. */
    Future<Integer> purge(LaneKey lane);
}
