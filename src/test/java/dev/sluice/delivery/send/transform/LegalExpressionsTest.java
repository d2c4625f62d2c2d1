package dev.sluice.delivery.send.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.dashjoin.jsonata.Jsonata;
import dev.sluice.config.TransformConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends by itself comes to the same as in the library. */
class LegalExpressionsTest {
    private static final TransformConfig CONFIG = new TransformConfig(Duration.ofMillis(250), 100, 1 << 20);
    private static final byte[] EVENT = """
            {"data":{"n":3,"neg":-2.5,"price":19.995,"big":12345678901234567890,"small":1e-7,"text":"Größe a.b a.b",
            "tags":["b","a","b",{"x":1},{"x":1},[1,2],[1,2],1,1.0],"nested":[[{"a":1},[{"a":2}]],{"a":3}],
            "items":[{"sku":"x","qty":2,"cat":"p"},{"sku":"y","qty":5,"cat":"q"},{"sku":"z","qty":1,"cat":"p"}]}}
            """.getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$round(data.price, 2) & $round(data.neg) & $round(12345, -2) & $round(0.5) & $round(1.5) & $round(1e20, 3)",
                "[$round(4.5), $round(-0.4), $round(125, -1), $round(data.small, 8), $round(data.big, -10), $round(7, -5)]",
                "$formatBase(255, 16) & $formatBase(-7, 2) & $formatBase(2.5) & $formatBase(35, 36)",
                "$formatNumber(12345.6, '#,###.00') & $formatNumber(0.14, '01%') & $formatNumber(1234.5678, '00.000e0')",
                "$formatNumber(data.big, '#,##0') & $formatNumber(34.555, '#0.00;(#0.00)')",
                "$formatInteger(2789, 'w') & $formatInteger(1999, 'I') & $formatInteger(12345, '#,##0') & $formatInteger(7, '000;o')",
                "$parseInteger('twelve thousand', 'w') + $parseInteger('1,234', '#,##0') + $parseInteger('XIV', 'I')",
                "$fromMillis(1510067557121) & $fromMillis(1510067557121, '[M01]/[D01]/[Y0001] [h#1]:[m01][P]')",
                "$fromMillis(1510067557121, '[H01]:[m01]:[s01] [z]', '-0500') & $fromMillis(0, '[Y,2-2] [MNn,3-3] [D1o] [FNn] [[x]]')",
                "$toMillis('2017-11-07T15:07:54.972Z') + $toMillis('2017-11-07')",
                "$toMillis('Tuesday, 7th November 2017 3:12 pm', '[FNn], [D1o] [MNn] [Y] [h]:[m] [P]')",
                "$toMillis('20171107151254', '[Y0001][M01][D01][H01][m01][s01]')",
                "$toMillis('2017-11-07T15:07:54.972+0100', '[Y]-[M]-[D]T[H]:[m]:[s].[f][Z0101]')",
                "$toMillis('Twenty-third July two thousand and eighteen', '[Dwo] [MNn] [Yw]')",
                "[$distinct(data.tags), $distinct([1..3]), $distinct('a'), $distinct([1, 1]), $distinct(missing)]",
                "[$keys(data), $keys(data.items), $keys(data.nested), $keys(1), $keys([])]",
                "[$spread(data.items), $spread(data.items[0]), $spread('a'), $spread([1, [2, {'a': 1, 'b': 2}]]), $spread([])]",
                "[$zip([1, 2, 3], [4, 5]), $zip(1, [2]), $zip([1], missing), $zip(data.tags, data.tags)]",
                "[$append([1], [2, 3]), $append(1, 2), $append([], [1..3]), $append(missing, 1), $append([1..2], [1..2])]",
                "[$substringBefore('hello world', ' '), $substringAfter('hello world', ' '), $substringBefore('a', 'x')]",
                "[$substring('hello', 1, 2), $substring('hello', -2), $trim('  a  b '), $length('😀')]",
                "[$contains('abc', 'bc'), $contains('aaaaaaaaaaaaaaaaaaaaab', 'aaaaaaaaaaaaaaaaaaab'), $contains('', '')]",
                "[$split('a--b--c', '--'), $split('a, b', ', ', 1), $replace('a.b.c', '.', '-'), $pad('a', 3, '12')]",
                "[$base64encode('ä'), $base64decode('w6Q='), $encodeUrlComponent('a b/ü'), $encodeUrl('http://x/?q=a b'), $decodeUrl('a%20b')]",
                "[$sum([1, 2.5]), $max([1, 3]), $min([1, 3]), $average([1, 2]), $count([1, 2]), $abs(-1), $floor(-1.5), $ceil(1.2)]",
                "[$power(2, 10), $sqrt(9), $number('1e3'), $number('0x1f'), $number(true), $boolean([0, 1]), $not('')]",
                "[$lookup(data, 'n'), $exists(missing), $type(data), $type(null), $type($sum), $string({'a': [1, 2.5e-7]}), $string(1e30)]",
                "[$sort(data.items.sku), $sort(data.items, function($a, $b){$a.qty > $b.qty}).sku, $reverse([1..3])]",
                "[$each(data.items[0], function($v, $k){$k & $v}), $sift(data.items[0], function($v){$v = 2}), $merge(data.items)]",
                "data.items{cat: $sum(qty)}",
                "data.items#$i[qty > 1].{'i': $i, 's': sku}",
                "data.items@$v.{'s': $v.sku}",
                "data.items.sku.{'p': %.qty, 's': $}",
                "data.items@$a.($$.data.items)@$b[$a.cat = $b.cat]{$a.sku: $b.sku}",
                "[data.*, data.items.*, data.nested.*, data.nested.a, $count(data.**)]",
                "data.items^(>qty, sku).sku",
                "data.items[-1].sku & data.items[[0..1]][1].sku",
                "$ ~> |data.items|{'qty': qty + 1}, 'cat'|",
                "$clone(data) = data and ('a' in data.tags) and data.items[0] != data.items[1]",
                "($f := $uppercase ~> $trim; $f(' a ')) & ($g := function($x){$x + 1} ~> $string; $g(1))",
                "[1..5][$ % 2 = 1] ~> $map(function($v, $i, $a){$v + $i + $count($a)}) ~> $reduce(function($a, $b){$a + $b})",
                "$map([1..3], $substring('abcdef', ?)) & $filter([1..4], function($v, $i){$i > 1}) & $single([1], $boolean)",
                "function($n)<n:n>{$n * 2}(4) + (function($s)<s-:n>{$length($s)})('abc')",
            })
    void evaluatesAsTheLibraryDoes(String expression) {
        Jsonata library = Jsonata.jsonata(expression);
        library.setOutputConvertNulls(false);
        byte[] theirs = new JsonOutput(1 << 20).write(library.evaluate(JsonTree.read(EVENT)));

        Transformed ours = Expression.read(expression, CONFIG, () -> 0, InstantSource.system())
                .apply(EVENT);

        assertThat(ours).as(ours.toString()).isInstanceOf(Transformed.Body.class);
        assertThat(new String(((Transformed.Body) ours).json(), StandardCharsets.UTF_8))
                .isEqualTo(new String(theirs, StandardCharsets.UTF_8));
    }
}
