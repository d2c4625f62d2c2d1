package dev.sluice.delivery.send.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expressions that were written to take for ever. The clock of these tests stands still: each ends because its work was
 * counted, or it would not. What was not counted shows in the memory and the time that the processor gave to its thread, and
 * what does not end at all is given up.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class HostileExpressionsTest extends HostileHarness {
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
                "$map([1..100000], function($i){{'d': $$.data.nested} ~> |$|{'n': $i}|})",
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

    private static String failure(String expression) {
        Transformed outcome = apply(expression);
        assertThat(outcome).isInstanceOf(Transformed.Failed.class);
        return ((Transformed.Failed) outcome).detail();
    }
}
