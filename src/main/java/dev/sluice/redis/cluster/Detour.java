package dev.sluice.redis.cluster;

import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one slot while it is on its way to another master. They keep their order: those that were under way when the
 * first was refused go before those that came after it. The first goes ahead, again and again, until it gets through or has
 * waited for too long. Confined to the context of the link.
 */
final class Detour {
    private static final Duration SHORTEST = Duration.ofMillis(2);
    private static final Duration LONGEST = Duration.ofMillis(100);

    private final Router router;
    private final Cluster cluster;
    private final int slot;
    private final Duration patience;

    // confined state
    private final Deque<Part> parts = new ArrayDeque<>();
    /** What came since the first was refused, until all that was under way then has an answer. */
    private final Deque<Part> following = new ArrayDeque<>();

    private boolean isFenced;
    private @Nullable Part leader;
    private Duration pause = SHORTEST;
    private Duration waited = Duration.ZERO;

    Detour(Router router, Cluster cluster, int slot, Duration patience) {
        this.router = router;
        this.cluster = cluster;
        this.slot = slot;
        this.patience = patience;
    }

    int slot() {
        return slot;
    }

    boolean isLed(Part part) {
        return part == leader;
    }

    /** All of them, in order; it is over. */
    List<Part> end() {
        parts.addAll(following);
        following.clear();
        List<Part> all = List.copyOf(parts);
        parts.clear();
        return all;
    }

    int commands() {
        return parts.stream().mapToInt(Part::size).sum()
                + following.stream().mapToInt(Part::size).sum();
    }

    /** When all that was under way has an answer. */
    void begin() {
        router.fence(slot).onComplete(done -> {
            isFenced = true;
            parts.addAll(following);
            following.clear();
            lead();
        });
    }

    /** One that was under way, or the leader. */
    void refused(Part part) {
        if (part == leader) {
            again();
        } else {
            parts.add(part);
        }
    }

    /** One that comes now. */
    void follow(Part part) {
        part.refused(); // what is to be asked behind it must be asked when it is done
        (isFenced ? parts : following).add(part);
    }

    private void lead() {
        if (parts.isEmpty()) {
            return; // given up
        }
        leader = parts.element();
        if (cluster.isUp(slot)) {
            router.send(leader);
        } else {
            again();
        }
    }

    private void again() {
        leader = null;
        waited = waited.plus(pause);
        if (waited.compareTo(patience) > 0) {
            router.giveUp(
                    this,
                    new RedisUnavailable(Trouble.CLUSTER, "slot %d was on its way for %s".formatted(slot, waited)));
            return;
        }
        cluster.timers().after(pause, this::lead);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }

    /** The leader is done with: the others follow it. */
    List<Part> rest() {
        parts.remove();
        return end();
    }
}
