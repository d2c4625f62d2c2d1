package dev.sluice.delivery.send.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedExpressionsTest extends HostileHarness {
    private static final int CALLS_OF_EACH = 5;

    /** Every function with every number of hostile arguments, chosen by a fixed seed. */
    static List<String> generated() {
        List<String> values = List.of(
                "1e300",
                "-1e300",
                "900000000",
                "-900000000",
                "0.1",
                "data.far",
                "data.near",
                "data.digits",
                "data.nested",
                "'[Y,900000000-900000000]'",
                "'[f][f][f][f][f][f][d][d][d]'",
                "$pad('', 1000000, '0')",
                "$pad('', 1000000, '[Y]')",
                "[1..1000000]",
                "[1..2000].[[$, -31 * $]]",
                "$$",
                "/(a|aa)*b|a/",
                "$append",
                "$string",
                "function($a, $b){[$a, $b]}",
                "$",
                "null",
                "true",
                "'i'",
                "{'a': [1..1000000]}");
        SplittableRandom random = new SplittableRandom(20261127);
        List<String> generated = new ArrayList<>();
        for (BoundedFunction function : functions()) {
            for (int i = 0; i < CALLS_OF_EACH; i++) {
                List<String> arguments = new ArrayList<>();
                for (int n = random.nextInt(4); n >= 0; n--) {
                    arguments.add(values.get(random.nextInt(values.size())));
                }
                generated.add("$%s(%s)".formatted(function.name(), String.join(", ", arguments)));
            }
        }
        return generated;
    }

    @ParameterizedTest
    @MethodSource("generated")
    void endsWhateverAFunctionIsGiven(String expression) {
        assertEnds(expression);
    }

    @Test
    void givesEveryFunctionSomething() {
        assertThat(generated()).hasSizeGreaterThan(55 * CALLS_OF_EACH);
    }

    @ParameterizedTest
    @MethodSource("deep")
    void endsWhatIsNestedDeeply(String expression) {
        assertEnds(expression);
    }

    private static List<BoundedFunction> functions() {
        Budget budget = new Budget(() -> 0, CONFIG);
        return Expression.functions(budget, new Weights(budget, false), () -> 0);
    }
}
