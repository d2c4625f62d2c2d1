package dev.sluice.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation bites: each fault that is put in on purpose is found. */
class MutationsTest {
    /** Seeds that are played at most; each takes some tenths of a second. */
    private static final int MOST = 100;

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
                "WHAT_IS_PARKED_IS_NOT_PLANNED",
                "A_BODY_STAYS_WHEN_ITS_LAST_DELIVERY_ENDS"
            })
    void findsWhatIsWrongSoon(Mutation mutation) {
        assertThat(found(mutation)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    @EnabledIfSystemProperty(named = "sim.mutations", matches = "true")
    void findsWhateverIsWrong(Mutation mutation) {
        assertThat(found(mutation)).isTrue();
    }

    private static boolean found(Mutation mutation) {
        for (long seed = 1; seed <= MOST; seed++) {
            if (isWrong(new World(seed, mutation))) {
                System.out.printf("%s: found by seed %d%n", mutation, seed);
                return true;
            }
        }
        return false;
    }

    /** What throws is found, too. */
    private static boolean isWrong(World world) {
        try {
            return !world.run().isEmpty();
        } catch (RuntimeException broken) {
            return true;
        }
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
