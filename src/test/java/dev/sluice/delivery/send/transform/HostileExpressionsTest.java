package dev.sluice.delivery.send.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.config.TransformConfig;
import dev.sluice.time.Ticker;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expressions that were written to take for ever. The clock of these tests stands still: each ends because its work was
 * counted, or it would not. What was not counted shows in the memory and the time that the processor gave to its thread, and
 * what does not end at all is given up.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class HostileExpressionsTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
    private static final TransformConfig CONFIG = new TransformConfig(Duration.ofMillis(100), 100, 1 << 20);
    private static final String SPENT =
            "not done within 100 ms \\(delivery.transform.timeout\\)|takes more than \\d+ MiB of memory|holds a value of more.*";
    private static final String REFUSED = String.join(
            "|",
            SPENT,
            "(holds a value that is )?nested (too deeply|more than \\d+ deep.*)",
            "the result (is|holds) .*",
            "the result is longer than \\d+ bytes .*",
            "the expression cannot be read: .*",
            "at character \\d+: .*",
            "\\$[a-zA-Z0-9]+: .*",
            "\\$eval is not available here");

    private static final int CALLS_OF_EACH = 5;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** To enter a part is charged with 100. It is a step, and so is the weighing of what it gives; a list has a few more. */
    private static final long NANOS_PER_STEP = 20;

    private static final long MOST_ALLOCATED = 512L << 20;
    /** A slow machine takes longer for what is charged; what is not charged takes longer than that. */
    private static final int SLOWEST = 100;

    /** A number whose digits nobody should write, and lists within lists. */
    private static final String EVENT =
            """
            {"data":{"far":1e1000000000,"near":1e-1000000000,"digits":%s,"nested":%s}}
            """.formatted("9".repeat(900), "[".repeat(900) + "{\"a\":1},".repeat(5000) + "{\"a\":2}" + "]".repeat(900));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$round(1.5,100000000)",
                "$round(1.5,-100000000)",
                "$round(data.far)",
                "$round(data.near, 5)",
                "$round(data.digits, -100000000)",
                "$formatBase(data.far, 2)",
                "$formatNumber(data.far, '0')",
                "$formatNumber(data.near, '0.0')",
                "$formatNumber(1, $pad('', 7000000, '0'))",
                "$formatInteger(5, $pad('', 7000000, '0'))",
                "$formatInteger(5, $pad('', 7000000, '0,'))",
                "$formatInteger(2147483647, 'i')",
                "$parseInteger($pad('', 7000000, '9'), '0')",
                "$parseInteger('9', $pad('', 7000000, '0'))",
                "$number($pad('', 7000000, '9'))",
                "$power(data.far, 1000000000)",
                "$sqrt(data.far) + $abs(data.far) + $floor(data.far)",
                "$fromMillis(0,'[Y,900000000-900000000]')",
                "$fromMillis(0,'[Y,9 0 0 0 0 0 0 0 0]')",
                "$fromMillis(0,'[M,*-+900000000]')",
                "$fromMillis(0,'[f,900000000]')",
                "$fromMillis(0, $pad('', 7000000, '[Y]'))",
                "$fromMillis(9e300)",
                "$now('[Y,500000000-500000000]')",
                "$now($pad('', 7000000, '[Y0000000]'))",
                "$toMillis($pad('', 40, '1') & 'x', '[f][f][f][f][f][f][f][f][f][f]')",
                "$toMillis($pad('', 39, '1') & 'x', '[d][d][d][d][d][d][d][d][d][d]')",
                "$toMillis($pad('', 39, ',') & '1', '[Yw][Mw][Dw][Hw][mw][sw]')",
                "$toMillis($pad('', 39, ',') & '1', '[Yw],[Mw],[Dw],[Hw],[mw],[sw]')",
                "$toMillis('1', '[Y,900000000]')",
                "$toMillis($pad('', 39, '1') & 'x', $pad('', 7000000, '[Y]'))",
            })
    void endsWhoseNumbersAreHuge(String expression) {
        assertEnds(expression);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$contains('a',/(?:(?:){1000000000}){1000000000}/)",
                "$contains('a',/(?:(?:){1000}){1000}/)",
                "$contains('a',/(?:(?:(?:a{1000}){1000}){1000}){1000}/)",
                "$contains('', /(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)x/)",
                "$contains('', /(?:(?:|){30}){30}x/)",
                "$contains('', /(?:|){1000}x/)",
                "$contains($pad('', 100000, 'a'), /(a+)+$/)",
                "$contains($pad('', 8000000, 'a'), /(a|a|aa|a?)*b/)",
                "$match($pad('', 8000000, 'a'), /a.*b|a/)",
                "$match($pad('', 1000000, 'a'), /(((((((((a)))))))))/)",
                "$split($pad('', 8000000, 'a'), /a.*b|a/)",
                "$replace($pad('', 8000000, 'a'), /a.*b|a/, 'bbbbbbbb')",
                "$replace($pad('', 8000000, 'a'), /.*/, $pad('', 8000000, '$0'))",
                "$replace($pad('', 1000000, 'a'), /(a*)/, $pad('', 8000000, '$1$1'))",
                "($r := /a.*b|a/; $f := function($m){$m ? $f($m.next())}; $f($r($pad('', 1000000, 'a'))))",
                "$contains('aaaa', /(?=(a+)+$)/)",
                "$contains('aaaa', /(a*)*\\1z/)",
                "$contains('aaaa', /(?U)a+/)",
            })
    void endsWhosePatternsNest(String expression) {
        assertEnds(expression);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($x, $n){$n = 0 ? $x : $f($append($x, $x), $n - 1)}; $string($f([data.digits], 22)))",
                "$string([1..20000].(4.9e-322 * $))",
                "($x := [1..20000].(4.9e-322 * $); $x & $x & $x & $x & $x & $x & $x & $x & $x & $x & $x)",
                "$distinct([1..20000].[[$, -31 * $]])",
                "$distinct([1..20000].{'a': $, 'b': -$})",
                "($x := [1..20000].[[$]]; $x.*)",
                "($x := [1..20000].[[$, $]]; [$x, $x].*)",
                "($x := {'a': [1..20000].[[$]]}; $x.*.*)",
                "$merge([1..20000].{$string($): [$, $]}).*",
                "([1..20000].[[$, $]] ~> function($x){[[$x], $x]}).*",
                "$spread([1..50000].{'a': $})",
                "$zip(" + "$x, $x, $x, $x, $x, $x, $x, $x, " + "$x, $x)",
                "($x := [1..2000000]; $zip($x, $x, $x, $x, $x, $x, $x, $x, $x, $x, $x, $x, $x, $x, $x, $x))",
                "[1..2000000]#$i.($i)",
                "[1..2000000]@$v.($v)",
                "($x := [1..2000000]; $x.($)@$v.($v))",
                "($x := [1..2000000]; $x@$v{'k': $v})",
                "([1..20000])@$a.($)@$b.($)@$c{'k': $count($a)}",
                "[1..2000000].%.a",
                "[1..100000][[1..2000000]]",
                "[1..100000][$ in [1..2000000]]",
                "($x := [1..2000000]; [1..100000].($x = $x))",
                "($x := [1..1000000]; [1..100000].[$x, $])",
                "[1..2000000]^(<$)",
                "$sort($append([1..1000000], [1..1000000]))",
                "$sort([1..20000].($pad('', 80, 'a') & $))",
                "$shuffle([1..2000000]) ~> $sum",
                "$count($zip([1..1000000]))",
                "([1..100000]){'k': $}",
                "data.nested.a",
                "data.nested.a.a.a & data.nested.a & $count(data.nested.**)",
                "$keys(data.nested) & $string($lookup(data.nested, 'a'))",
                "($x := data.nested; $map([1..100000], function($i){$x.a}))",
                "$map([1..100000], function($i){$ ~> |data|{'n': $i}|})",
                "$reduce([1..1000], function($a, $i){$a ~> |$|{'a': [a, a]}|}, {'a': 1})",
                "$join($map([1..100000], $string), $pad('', 1000000))",
                "$contains($pad('', 8000000, 'a'), $pad('', 4000000, 'a') & 'b')",
                "$substringBefore($pad('', 8000000, 'a'), $pad('', 4000000, 'a') & 'b')",
                "$substringAfter($pad('', 8000000, 'a'), $pad('', 4000000, 'a') & 'b')",
                "$split($pad('', 8000000, 'a'), $pad('', 4000000, 'a') & 'b')",
                "$replace($pad('', 8000000, 'a'), $pad('', 4000000, 'a') & 'b', '')",
                "$encodeUrlComponent($pad('', 8000000, 'ü'))",
                "$encodeUrl('http://a/?' & $pad('', 8000000, 'ü'))",
                "$decodeUrl($pad('', 8000000, '%41'))",
                "$base64encode($base64encode($pad('', 5000000, 'a')))",
                "$trim($pad('', 8000000, ' a'))",
                "$error($pad('', 8000000, 'a'))",
                "$assert(false, $pad('', 8000000, '{{value}}'))",
                "($f := function(){$f()}; $f())",
                "($f := function($g){$g($g)}; $f($f))",
                "($f := $f ~> $string; $f(1))",
                "($y := function($f){$f ~> $f ~> $f}; $y($y($y($y(function($x){$x & $x & $x}))))('aaaaaaaa'))",
                "$reduce([1..2000000], $append)",
                "$map([1..2000000], $string)",
                "$filter([1..2000000], $boolean)",
                "$each($merge([1..30000].{$string($): $}), $append)",
                "$sift($merge([1..30000].{$string($): $}), $boolean)",
                "$single([1..2000000], $not)",
            })
    void endsWhoseValuesGrow(String expression) {
        assertEnds(expression);
    }

    @Test
    void saysThatTheTimeIsSpentThoughTheClockStandsStill() {
        assertThat(failure("$map([1..2000000], $string)")).matches(SPENT);
        assertThat(failure("$match($pad('', 8000000, 'a'), /a.*b|a/)")).matches(SPENT);
        assertThat(failure("$distinct([1..50000].[[$, -31 * $]])")).matches(SPENT);
        assertThat(failure("[1..2000000]#$i.($i)")).matches(SPENT);
        assertThat(failure("$merge([1..20000].{$string($): [$, $]}).*")).startsWith("not done within");
        assertThat(failure("([1..20000].[[$, $]] ~> function($x){[[$x], $x]}).*"))
                .startsWith("not done within");
    }

    @Test
    void saysOfANumberThatIsTooLargeForABaseWhatIsWrong() {
        assertThat(failure("$formatBase(data.far, 2)")).startsWith("$formatBase: a number of more than 308 digits");
    }

    @Test
    void givesBackTheMemoryThatItTook() {
        for (int i = 0; i < 3; i++) {
            assertThat(failure("[1..900000]#$i.($i)")).matches("takes more than \\d+ MiB of memory");
        }
        assertThat(apply("$count([1..100000].{'a': $})")).isInstanceOf(Transformed.Body.class);
    }

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

    static List<String> deep() {
        return List.of(
                "(".repeat(3000) + "1" + ")".repeat(3000),
                "[".repeat(3000) + "1" + "]".repeat(3000),
                "{'a':".repeat(2000) + "1" + "}".repeat(2000),
                "$not(".repeat(2000) + "1" + ")".repeat(2000),
                "-".repeat(10000) + "1",
                "1" + " ~> $string".repeat(1400),
                "data" + ".%".repeat(3000),
                "data" + ".*".repeat(3000),
                "data" + ".**".repeat(3000),
                "data" + "[1]".repeat(3000),
                "/*x*/".repeat(3000) + "1",
                "'" + "\\\\".repeat(7000) + "'",
                "$contains('a', /" + "(".repeat(3000) + "a" + ")".repeat(3000) + "/)",
                "$contains('a', /" + "(?:a?".repeat(500) + ")".repeat(500) + "/)",
                "$contains('a', /" + "a?".repeat(2000) + "a".repeat(2000) + "/)");
    }

    private static List<BoundedFunction> functions() {
        Budget budget = new Budget(() -> 0, CONFIG);
        return Expression.functions(budget, new Weights(budget), () -> 0);
    }

    private static void assertEnds(String expression) {
        long[] steps = {0};
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long worked = THREADS.getCurrentThreadCpuTime();
        Transformed outcome = apply(expression, () -> {
            steps[0]++;
            return 0;
        });
        worked = THREADS.getCurrentThreadCpuTime() - worked;
        allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        if (outcome instanceof Transformed.Failed failed) {
            assertThat(failed.detail()).matches(REFUSED);
        }
        assertThat(steps[0]).as("steps").isLessThan(CONFIG.timeout().toNanos() / NANOS_PER_STEP);
        assertThat(allocated).as("bytes").isLessThan(MOST_ALLOCATED);
        assertThat(Duration.ofNanos(worked))
                .as("processor")
                .isLessThan(CONFIG.timeout().multipliedBy(SLOWEST));
    }

    private static Transformed apply(String text) {
        return apply(text, () -> 0);
    }

    private static Transformed apply(String text, Ticker ticker) {
        try {
            return Expression.read(text, CONFIG, ticker, NOW).apply(EVENT.getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException | StackOverflowError unreadable) {
            return Expression.unreadable(unreadable);
        }
    }

    private static String failure(String expression) {
        Transformed outcome = apply(expression);
        assertThat(outcome).isInstanceOf(Transformed.Failed.class);
        return ((Transformed.Failed) outcome).detail();
    }
}
