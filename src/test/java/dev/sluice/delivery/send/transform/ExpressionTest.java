package dev.sluice.delivery.send.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.TransformConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
    private static final TransformConfig CONFIG = new TransformConfig(Duration.ofMillis(250), 100, 1 << 20);

    /** So many looks at the clock take 250 ms: the budget ends at the same place on any machine. */
    private static final long NANOS_PER_LOOK = 250_000_000 / 5_000;

    private static final String EVENT = """
            {"specversion":"1.0","id":"7","type":"entry.publish","source":"/cms","time":"2026-11-21T09:00:00Z",
             "data":{"title":"Hello","secret":"s","n":3,"big":12345678901234567890,"price":19.990,
                     "exact":0.1234567890123456789,"none":null,"tags":["a","b"],
                     "items":[{"sku":"x","qty":2},{"sku":"y","qty":5}]}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "data.title                                     | \"Hello\"",
                "{\"text\": type & ': ' & data.title}           | {\"text\":\"entry.publish: Hello\"}",
                "data.items.sku                                 | [\"x\",\"y\"]",
                "data.items[qty > 3].sku                        | \"y\"",
                "data.items[0].{\"s\": sku}                     | {\"s\":\"x\"}",
                "$sum(data.items.qty)                           | 7",
                "data.n / 2                                     | 1.5",
                "data.big                                       | 12345678901234567890",
                "data.price                                     | 19.99",
                "data.exact                                     | 0.1234567890123456789",
                "{\"a\": data.none}                             | {\"a\":null}",
                "{\"a\": data.missing}                          | {}",
                "[]                                             | []",
                "$map(data.tags, $uppercase)                    | [\"A\",\"B\"]",
                "$reduce(data.items.qty, function($a, $b){$a + $b}) | 7",
                "$sort(data.items, function($a, $b){$a.qty < $b.qty}).sku | [\"y\",\"x\"]",
                "data.missing ?? 'none'                         | \"none\"",
                "$now()                                         | \"2026-11-21T10:00:00.000Z\"",
                "$millis()                                      | 1795255200000",
                "$toMillis(time)                                | 1795251600000",
                "($f := function($n){$n <= 1 ? 1 : $n * $f($n - 1)}; $f(5)) | 120",
                "[1..3]                                         | [1,2,3]",
                "true /* always */                              | true",
            })
    void evaluatesTheEvent(String expression, String result) {
        assertThat(apply(expression)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$match('ababbxabb', /a(b+)/)[1].index          | 2",
                "$match('ababb', /a(b+)/, 1).groups             | [\"b\"]",
                "$contains('abc', /B/i)                         | true",
                "$contains('abc', 'x')                          | false",
                "$replace('a.b.c', '.', '-')                    | \"a-b-c\"",
                "$replace('a.b.c', '.', '-', 1)                 | \"a-b.c\"",
                "$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1') | \"Smith, John\"",
                "$replace('265USD', /([0-9]+)USD/, '$$$1')      | \"$265\"",
                "$replace('abc', /b/, '$9[$0]$')                | \"a[b]$c\"",
                "$replace('1 2', /[0-9]/, function($m){$string($number($m.match) + 1)}) | \"2 3\"",
                "$replace('abc', /b/, 'x') ~> $uppercase        | \"AXC\"",
                "$split('a, b,c', /,\\s*/)                      | [\"a\",\"b\",\"c\"]",
                "$split('a-b-c', '-', 2)                        | [\"a\",\"b\"]",
                "$split('abc', '')                              | [\"a\",\"b\",\"c\"]",
                "$join(['','','a'], '-')                        | \"--a\"",
                "$pad('x', -3, '#')                             | \"##x\"",
                "$pad('foo', 5)                                 | \"foo  \"",
                "$string({'a':1})                               | \"{\\\"a\\\":1}\"",
                "($r := /b./; $r('abc').match)                  | \"bc\"",
                "$replace(?, 'a', 'b')('xa')                    | \"xb\"",
                "$missing.$uppercase()                          | ",
            })
    void keepsTheFunctionsThatItReplaces(String expression, String result) {
        if (result == null) {
            assertThat(failure(expression)).isNotBlank();
        } else {
            assertThat(apply(expression)).isEqualTo(result);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n){$f($n + 1)}; $f(0))",
                "[1, ($f := function($n){$f($n + 1)}; $f(0))]",
                "$map([1..1000000], function($i){$i})",
                "$contains($pad('', 8000000, 'a'), /(a|aa)*b/)",
                "$match($pad('', 8000000, 'a'), /a.*b|a/)",
                "$replace($pad('', 8000000, 'a'), /a.*b|a/, '')",
                "$split($pad('', 8000000, 'a'), /a.*b|a/)",
                "($r := /(a|aa)*b/; $r($pad('', 8000000, 'a')))",
                "$pad('', 8000000, 'a') ~> /(a|aa)*b/",
                "$map([$pad('', 8000000, 'a')], /(a|aa)*b/)",
                "$replace($pad('', 8000000, 'ab'), 'a', 'a')",
            })
    void endsWhatTakesTooLong(String expression) {
        // Which limit is met first is the machine's affair.
        assertThat(failure(expression))
                .matches("not done within 250 ms \\(delivery.transform.timeout\\)|takes more than \\d+ MiB of memory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$pad('x', 1000000000)",
                "$pad('x', -1000000000, 'ab')",
                "($x := $pad('', 1000000); $join($map([1..1000], function(){$x})))",
                "($x := $pad('', 100000); $replace($x, ' ', $x))",
                "($x := $pad('', 100000); $replace($x, / /, $x))",
                "($x := $pad('', 100000); $replace($x, / /, function(){$x}))",
                "($f := function($s, $n){$n = 0 ? $s : $f($s & $s, $n - 1)}; $f('0123456789', 40))",
                "($f := function($x, $n){$n = 0 ? $x : $f([$x, $x], $n - 1)}; $f([1], 60))",
                "($f := function($x, $n){$n = 0 ? $x : $f({'a': $x, 'b': $x}, $n - 1)}; $f(1, 60) = $f(1, 60))",
                "($f := function($x, $n){$n = 0 ? $x : $f($append([$x], [$x]), $n - 1)}; $string($f([1], 60)))",
                "$reduce([1..100], function($a, $b){$append($a, [1..1000000])})",
                "$sum([1..10000000]) & $join($split($pad('', 4000000), ''))",
            })
    void endsWhatGrowsTooLarge(String expression) {
        assertThat(failure(expression)).matches("holds a value of more than .*|takes more than .*|not done .*");
    }

    @Test
    void endsAReduceThatComesBackToNothing() {
        assertThat(failure("$reduce([1..1000000], $append)")).matches("not done .*|takes more .*|holds .*");
    }

    @Test
    void endsARecursion() {
        assertThat(failure("($f := function($n){1 + $f($n + 1)}; $f(0))"))
                .isEqualTo(
                        "nested more than 100 deep (delivery.transform.maxDepth): is there a recursion without end?");
    }

    @Test
    void refusesAValueThatAnUpdatePutIntoItself() {
        assertThat(failure("($x := {'a': 1} ~> |$|{'b': $, 'c': $}|; $string($x))"))
                .isNotBlank();
    }

    @Test
    void weighsWhatAnUpdateMadeHeavier() {
        String doubled = "{'a': 1}";
        for (int i = 0; i < 12; i++) {
            doubled = "(" + doubled + " ~> |$|{'a': [$$.data.items, a], 'b': [a, a]}|)";
        }
        assertThat(failure("($x := " + doubled + "; $string([1..1000000].($x)))"))
                .isNotBlank();
    }

    @Test
    void changesPartsOfTheEvent() {
        assertThat(apply("($ ~> |data|{'n': 4}, ['items', 'tags', 'big', 'price', 'exact']|).data"))
                .isEqualTo("{\"title\":\"Hello\",\"secret\":\"s\",\"n\":4,\"none\":null}");
    }

    /** The library would put the number before it, or nothing, in its place, and print a stack trace. */
    @ParameterizedTest
    @ValueSource(
            strings = {"data ~> |$|{'b': 1}|", "($f := |$|{'b': 1}|; $f(data))", "$clone(data)", "$map([data], $clone)"
            })
    void refusesToCopyANumberThatIsNoDouble(String expression) {
        byte[] event = "{\"data\":{\"a\":[5,1e999]}}".getBytes(StandardCharsets.US_ASCII);
        assertThat(read(expression).apply(event))
                .isEqualTo(
                        new Transformed.Failed(
                                "holds a number of more than 308 digits (expected: one that is a double, for |…|…| and $clone)"));
    }

    @Test
    void refusesAResultThatIsTooLong() {
        assertThat(failure("$pad('', 1048575)"))
                .isEqualTo("the result is longer than 1048576 bytes (delivery.transform.maxOutputBytes)");
        assertThat(apply("$pad('', 1048574)")).hasSize(1 << 20);
    }

    @Test
    void refusesAnEventThatIsTooLong() {
        byte[] long_ = ("\"" + "x".repeat(1 << 20) + "\"").getBytes(StandardCharsets.US_ASCII);
        assertThat(read("$").apply(long_))
                .isEqualTo(new Transformed.Failed("the event has 1048578 bytes (expected: at most 1048576)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.missing        | the result is nothing (expected: a JSON value)",
                "null                | the result is null (expected: a JSON value)",
                "$sum                | the result holds a function (expected: a JSON value)",
                "[function($x){$x}]  | the result holds a function (expected: a JSON value)",
                "$eval('1')          | $eval is not available here",
                "$error('No title')  | at character 7: No title",
                "data.title + 1      | The left side of the \"+\" operator must evaluate to a number",
                "missing()           | at character 8: Attempted to invoke a non-function",
                "\"text\"()          | at character 6: Attempted to invoke a non-function",
                "data.title()        | at character 0: Attempted to invoke a non-function",
                "$string ~> \"x\"    | at character 14: Attempted to invoke a non-function",
            })
    void saysWhatIsWrong(String expression, String detail) {
        assertThat(failure(expression)).startsWith(detail);
    }

    @Test
    void saysThatTheDataIsNotJson() {
        byte[] event = "{\"data\":{oops}}".getBytes(StandardCharsets.US_ASCII);
        assertThat(read("$").apply(event))
                .isInstanceOfSatisfying(
                        Transformed.Failed.class,
                        failed -> assertThat(failed.detail()).startsWith("the event's data is not JSON: "));
    }

    @Test
    void startsAnewWithEachEvent() {
        Expression expression = read("$count([1..1000].($))");
        for (int i = 0; i < 5; i++) {
            assertThat(expression.apply(EVENT.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Transformed.Body.class);
        }
    }

    private static String apply(String expression) {
        Transformed transformed = read(expression).apply(EVENT.getBytes(StandardCharsets.UTF_8));
        assertThat(transformed).as(transformed.toString()).isInstanceOf(Transformed.Body.class);
        return new String(((Transformed.Body) transformed).json(), StandardCharsets.UTF_8);
    }

    private static String failure(String expression) {
        Transformed transformed = read(expression).apply(EVENT.getBytes(StandardCharsets.UTF_8));
        assertThat(transformed).isInstanceOf(Transformed.Failed.class);
        return ((Transformed.Failed) transformed).detail();
    }

    private static Expression read(String expression) {
        AtomicLong clock = new AtomicLong();
        return Expression.read(expression, CONFIG, () -> clock.addAndGet(NANOS_PER_LOOK), NOW);
    }
}
