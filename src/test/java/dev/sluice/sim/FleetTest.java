package dev.sluice.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fleets of pods of the real code on a simulated Redis, by chance: see the package. */
class FleetTest {
    @BeforeAll
    static void silence() {
        Silence.begin();
    }

    @AfterAll
    static void end() {
        Silence.end();
    }

    @Test
    void tellsTheSameStoryForTheSameSeed() {
        assertThat(digest(7)).isEqualTo(digest(7)).isNotEqualTo(digest(8));
    }

    private static long digest(long seed) {
        World world = new World(seed, Mutation.NONE);
        world.run();
        return world.scheduler.digest();
    }

    /** For some seconds; {@code mvn -P sim verify} has more of them, or the one seed that is to be looked at. */
    @Test
    void keepsWhatItPromisesWhateverGoesWrong() {
        Runs runs = Runs.ofSettings();
        runs.play();

        assertThat(runs.violations()).as("%s", runs.story()).isEmpty();
    }
}
