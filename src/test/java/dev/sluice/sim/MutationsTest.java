package dev.sluice.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation bites: each fault that is put in on purpose is found. */
class MutationsTest {
    /** Seeds that are played at most in each build. */
    private static final int FEW = 100;

    private static final int SECONDS = 120;

    @BeforeAll
    static void silence() {
        Silence.begin();
    }

    @AfterAll
    static void end() {
        Silence.end();
    }

    /** In every build those that the first seeds find. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "A_FINISHED_DELIVERY_STAYS",
                "A_CLAIM_LEASES_NOTHING",
                "A_LEASE_IS_TAKEN_THOUGH_IT_IS_HELD",
                "WHAT_IS_PARKED_IS_NOT_PLANNED",
                "A_BODY_STAYS_WHEN_ITS_LAST_DELIVERY_ENDS"
            })
    void findsWhatIsWrongSoon(Mutation mutation) throws ExecutionException, InterruptedException {
        assertThat(Runs.ofSeeds(mutation, FEW).play()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    @EnabledIfSystemProperty(named = "sim.mutations", matches = "true")
    void findsWhateverIsWrongWithinTwoMinutes(Mutation mutation) throws ExecutionException, InterruptedException {
        Runs runs = Runs.forSeconds(mutation, 1, SECONDS);
        Runs.Violated violated = runs.play();

        assertThat(violated).as("%s, in %d seeds", mutation, runs.seeds()).isNotNull();
        System.out.printf(
                "%s: found by seed %d of %d: %s%n",
                mutation,
                violated.seed(),
                runs.seeds(),
                violated.violations().get(0).lines().findFirst().orElseThrow());
    }

    @Test
    void putsEachIntoAScriptAsItIsNow() throws URISyntaxException, IOException {
        List<String> scripts = new ArrayList<>();
        for (File script : new File(MutationsTest.class.getResource("/lua").toURI()).listFiles()) {
            scripts.add(Files.readString(script.toPath()));
        }
        for (Mutation mutation : Mutation.values()) {
            assertThat(
                            mutation.isOfScript()
                                    ? scripts.stream().filter(mutation::changes).count()
                                    : 1)
                    .as("%s", mutation)
                    .isEqualTo(1);
        }
    }
}
