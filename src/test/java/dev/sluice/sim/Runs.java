package dev.sluice.sim;

import java.util.ArrayList;
import java.util.List;

/** One run after the other, until the time is over or one of them is violated. */
final class Runs {
    /** In every build the same ones, on any machine. */
    private static final int FEW = 25;

    private final long from;
    private final long millis;
    private final long most;
    private final List<String> violations = new ArrayList<>();
    private String story = "";
    private long seeds;
    private long faults;

    private Runs(long from, long millis, long most) {
        this.from = from;
        this.millis = millis;
        this.most = most;
    }

    /** {@code sim.seed} alone is that seed alone; with {@code sim.seconds} it is the first. */
    static Runs ofSettings() {
        long seed = Long.getLong("sim.seed", 0);
        int seconds = Integer.getInteger("sim.seconds", 0);
        if (seconds > 0) {
            return new Runs(Math.max(1, seed), 1000L * seconds, Long.MAX_VALUE);
        }
        return new Runs(Math.max(1, seed), Long.MAX_VALUE / 2, seed > 0 ? 1 : FEW);
    }

    void play() {
        long end = System.currentTimeMillis() + millis;
        long seed = from;
        do {
            World world = new World(seed, Mutation.NONE);
            seeds++;
            for (String violation : world.run()) {
                violations.add("seed %d: %s".formatted(seed, violation));
            }
            faults += world.faults();
            story = violations.isEmpty() ? "" : world.scheduler.story();
            seed++;
        } while (violations.isEmpty() && seeds < most && System.currentTimeMillis() < end);
        System.out.printf("seeds %d, faults %d, violations %d%n", seeds, faults, violations.size());
    }

    List<String> violations() {
        return violations;
    }

    /** In steps, of the run that was violated. */
    String story() {
        return story;
    }
}
