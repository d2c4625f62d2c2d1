package dev.sluice.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Everything that happens, one step after the other, in this thread: each at its time on the one clock, those of one time in the
 * order in which they were asked for. Chance comes from one seed. So the same seed is the same story.
 */
final class Scheduler {
    private static final int SHOWN = 400;

    final SplittableRandom random;
    private final Queue<Step> steps = new PriorityQueue<>();
    private final Deque<Line> story = new ArrayDeque<>();
    private long now;
    private long number;
    private long digest;

    Scheduler(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Something that will happen, unless it is cancelled. */
    static final class Step implements Comparable<Step> {
        private long at;
        private final long number;
        private Runnable action;

        private Step(long at, long number, Runnable action) {
            this.at = at;
            this.number = number;
            this.action = action;
        }

        void cancel() {
            action = null;
        }

        @Override
        public int compareTo(Step other) {
            int byTime = Long.compare(at, other.at);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    long steps() {
        return number;
    }

    private record Line(long at, String form, Object[] about) {
        String text() {
            return "%10.3f ms  %s".formatted(at / 1e6, form.formatted(about));
        }
    }

    /** In nanoseconds since the beginning. */
    long now() {
        return now;
    }

    Step after(long nanos, Runnable action) {
        return at(now + Math.max(0, nanos), action);
    }

    Step at(long time, Runnable action) {
        Step step = new Step(Math.max(now, time), number++, action);
        steps.add(step);
        return step;
    }

    void runUntil(long end) {
        while (!steps.isEmpty() && steps.peek().at <= end) {
            Step next = steps.remove();
            if (next.action != null) {
                now = next.at;
                next.action.run();
            }
        }
        now = end;
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    /** A line of the story. */
    void tell(String form, Object... about) {
        digest = 31 * (31 * digest + now) + form.hashCode();
        for (Object one : about) {
            digest = 31 * digest + String.valueOf(one).hashCode();
        }
        story.add(new Line(now, form, about));
        if (story.size() > SHOWN) {
            story.remove();
        }
    }

    String story() {
        return story.stream().map(Line::text).collect(Collectors.joining("\n"));
    }

    /** Differs where stories do. */
    long digest() {
        return digest;
    }
}
