package dev.sluice.delivery.send.transform;

import static org.assertj.core.api.Assertions.assertThat;

/** Expressions as strangers write them, for {@code dev.sluice.fuzz}. */
public final class TransformTarget {
    private static final String[] SEEDS = {
        "{'a': data.b[0], 'n': $sum([1..5]), 's': $uppercase('x') & $string(data)}",
        "$map([1..3], function($v, $i) { $v * $i }) ~> $join(',')",
        "data.**[a > 1].(b ? c : $lookup($, 'd'))",
        "$replace('abc', /[a-c]+/i, function($m) { $m.match }) ~> $split('')",
        "($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(10))",
        "$sort(data.list, function($l, $r) { $l > $r })^(>x, <y){k: $count(v)}",
        "$formatNumber(12.5, '#,##0.00') & $fromMillis(0, '[Y0001]-[M01]') & $pad('x', -5)",
        "data ~> |a.b|{'c': 1}, ['d']|",
        "$ ~> |$|{}|"
    };

    private static final int LONGEST_DETAIL = 20_000;

    private TransformTarget() {}

    public static String[] seeds() {
        return SEEDS.clone();
    }

    /** It ends within its steps, its memory and its time, with a value or a reason. */
    public static void check(String expression) {
        if (HostileHarness.ends(expression) instanceof Transformed.Failed failed) {
            assertThat(failed.detail()).isNotBlank().hasSizeLessThan(LONGEST_DETAIL);
        }
    }
}
