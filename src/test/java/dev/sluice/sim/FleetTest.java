package dev.sluice.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Whatever is played beside it. */
    @Test
    void tellsTheSameStoryForTheSameSeed() {
        List<CompletableFuture<Long>> beside = Stream.of(7L, 8L)
                .map(seed -> CompletableFuture.supplyAsync(() -> digest(seed)))
                .toList();

        assertThat(digest(7))
                .isEqualTo(beside.get(0).join())
                .isNotEqualTo(beside.get(1).join());
    }

    private static long digest(long seed) {
        World world = new World(seed, Mutation.NONE);
        world.run();
        return world.scheduler.digest();
    }

    /** Each was violated once; the package says what it found. */
    @ParameterizedTest
    @ValueSource(longs = {769, 1378, 2014, 2030})
    void keepsWhatItDidNotKeepOnce(long seed) {
        assertThat(new World(seed, Mutation.NONE).run()).isEmpty();
    }

    /** For some seconds; {@code mvn -P sim verify} has more of them, or the one seed that is to be looked at. */
    @Test
    void keepsWhatItPromisesWhateverGoesWrong() throws InterruptedException, ExecutionException {
        Runs runs = Runs.ofSettings();
        Runs.Violated violated = runs.play();
        System.out.println(runs.summary());

        assertThat(violated == null ? List.of() : violated.violations())
                .as("%s", violated == null ? "" : "seed %d%n%s".formatted(violated.seed(), violated.story()))
                .isEmpty();
    }
}
