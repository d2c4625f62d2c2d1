package dev.sluice.sim;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * One run after the other, of one seed each, until the time is over or one of them is violated. Long ones play on as many threads as
 * there are cores; a run is in one thread from beginning to end, and none knows of another.
 */
final class Runs {
    /** In every build the same ones, on any machine. */
    private static final int FEW = 25;

    private static final long NO_END = Long.MAX_VALUE / 2;

    private final Mutation mutation;
    private final long from;
    private final long most;
    private final long millis;
    private final AtomicLong next;
    private final LongAdder seeds = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private volatile Violated violated;

    /** The first run that was. */
    record Violated(long seed, List<String> violations, String story) {}

    private Runs(Mutation mutation, long from, long most, long millis) {
        this.mutation = mutation;
        this.from = from;
        this.most = most;
        this.millis = millis;
        this.next = new AtomicLong(from);
    }

    /** {@code sim.seed} alone is that seed alone; with {@code sim.seconds} it is the first. */
    static Runs ofSettings() {
        long seed = Long.getLong("sim.seed", 0);
        int seconds = Integer.getInteger("sim.seconds", 0);
        if (seconds > 0) {
            return forSeconds(Mutation.NONE, Math.max(1, seed), seconds);
        }
        return new Runs(Mutation.NONE, Math.max(1, seed), seed > 0 ? 1 : FEW, NO_END);
    }

    static Runs forSeconds(Mutation mutation, long from, int seconds) {
        return new Runs(mutation, from, NO_END, 1000L * seconds);
    }

    static Runs ofSeeds(Mutation mutation, int most) {
        return new Runs(mutation, 1, most, NO_END);
    }

    /** Answers the run that was violated, or null. */
    Violated play() throws InterruptedException, ExecutionException {
        long end = System.currentTimeMillis() + millis;
        int threads = most == NO_END ? Runtime.getRuntime().availableProcessors() : 1;
        ExecutorService players = Executors.newFixedThreadPool(threads);
        try {
            for (Future<Object> each : players.invokeAll(Collections.nCopies(threads, () -> play(end)))) {
                each.get();
            }
        } finally {
            players.shutdown();
        }
        return violated;
    }

    private Object play(long end) {
        long seed = next.getAndIncrement();
        while (violated == null && seed < from + most && System.currentTimeMillis() < end) {
            play(seed, new World(seed, mutation));
            seed = next.getAndIncrement();
        }
        return null;
    }

    private void play(long seed, World world) {
        List<String> violations = violations(world);
        seeds.increment();
        faults.add(world.faults());
        if (!violations.isEmpty()) {
            violated = new Violated(seed, violations, world.scheduler.story());
        }
    }

    /** Something that throws is one. */
    private static List<String> violations(World world) {
        try {
            return world.run();
        } catch (RuntimeException broken) {
            StringWriter trace = new StringWriter();
            broken.printStackTrace(new PrintWriter(trace));
            return List.of(trace.toString());
        }
    }

    long seeds() {
        return seeds.sum();
    }

    String summary() {
        int violations = violated == null ? 0 : violated.violations().size();
        return "seeds %d, faults %d, violations %d".formatted(seeds.sum(), faults.sum(), violations);
    }
}
