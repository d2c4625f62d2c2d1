package dev.sluice.subscription.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.Attributes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlTest {
    private final EventView event = Views.of(
            "type", "entry.publish",
            "source", "cms",
            "time", "2026-11-21T10:00:00Z",
            "site", "12",
            "sequence", "5",
            "draft", "false",
            "urgent", "true",
            "name", "it's \"here\"");

    /** In the manner of the CESQL TCK: what an expression is worth as a filter. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TRUE | true",
                "false | false",
                "site = '12' | true",
                "site = 12 | true",
                "site = '13' | false",
                "site != '13' | true",
                "site <> '12' | false",
                "sequence > 4 AND sequence <= 5 | true",
                "sequence + 1 = 6 | true",
                "sequence % 2 = 1 | true",
                "-sequence = -5 | true",
                "draft | false",
                "urgent | true",
                "NOT draft | true",
                "urgent XOR draft | true",
                "urgent = TRUE | true",
                "site | false",
                "type LIKE 'entry.%' | true",
                "type NOT LIKE 'entry.%' | false",
                "type LIKE 'entr_.p%sh' | true",
                "type LIKE 'entry_%' | true",
                "sequence LIKE '_' | true",
                "urgent LIKE 'tr%' | true",
                "site IN ('11', '12') | true",
                "site NOT IN ('11', '12') | false",
                "site IN (11, 12) | true",
                "EXISTS site | true",
                "EXISTS missing | false",
                "EXISTS id AND EXISTS specversion AND EXISTS tenant | true",
                "id = 'evt_1' | true",
                "tenant = 'default' | true",
                "specversion = '1.0' | true",
                "time = '2026-11-21T10:00:00Z' | true",
                "name = 'it\\'s \"here\"' | true",
                "name = \"it's \\\"here\\\"\" | true",
                "LENGTH(site) = 2 | true",
                "length(site) = 2 | true",
                "CONCAT(source, '.', site) = 'cms.12' | true",
                "CONCAT_WS('-', source, site) = 'cms-12' | true",
                "UPPER(source) = 'CMS' | true",
                "LEFT(type, 5) = 'entry' | true",
                "SUBSTRING(type, 7) = 'publish' | true",
                "INT('7') = 7 | true",
                "(site = '11' OR site = '12') AND source = 'cms' | true",
                "site = '12' OR missing = 'a' | true",
                "missing = 'a' OR site = '12' | true",
                "missing = 'a' OR site = '13' | false",
            })
    void evaluates(String expression, boolean matches) {
        Sql sql = Sql.of(expression);

        assertThat(sql.matches(event)).isEqualTo(matches);
        assertThat(sql.denial(event, "/filter") == null).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing = ''",
                "NOT (missing = 'a')",
                "missing",
                "1 / 0 = 0",
                "INT(type) = 0",
                "LEFT(site, -1) = ''",
                "SUBSTRING(site, 9) = ''",
                "-(-2147483648) > 0 AND ABS(-2147483648) >= 0",
            })
    void takesAnExpressionThatFailsForOneThatIsNotTrue(String expression) {
        assertThat(Sql.of(expression).matches(event)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "site = '13' | site = '13': false",
                "site | site: 12",
                "missing = '' | missing = '': Missing attribute missing",
                "1 / 0 = 0 | 1 / 0 = 0: Division by zero: 1 / 0",
                "INT(type) = 0 | INT(type) = 0: Cannot cast",
            })
    void saysWhyItIsNotTrue(String expression, String reason) {
        Denial denial = Objects.requireNonNull(Sql.of(expression).denial(event, "/filter/any/0"));

        assertThat(denial.pointer()).isEqualTo("/filter/any/0/sql");
        assertThat(denial.detail()).startsWith(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | line 1, column 1",
                "` ` | line 1, column 2",
                "site = | line 1, column 7",
                "site = '12 | line 1, column 8",
                "site = '12' AND | line 1, column 16",
                "site # '12' | line 1, column 6: token recognition error at: '#'",
                "`site = '12'\n AND AND` | line 2, column 6",
                "(site = '12' | line 1, column 13",
                "site = '12' site | line 1, column 13",
                "Site = '12' | line 1, column 1: 'Site' (expected: an attribute, of a-z and 0-9)",
                "EXISTS Site | line 1, column 8: 'Site'",
                "data.a = 1 | line 1, column 5",
                "1 = 1 AND data = 1 | line 1, column 11: 'data' is no attribute",
                "SITES(site) | line 1, column 1: no function SITES of 1 arguments",
                "LENGTH(site, 1) = 2 | line 1, column 1: no function LENGTH of 2 arguments",
                "LENGTH() = 2 | line 1, column 1: no function LENGTH of 0 arguments",
                "site = 2147483648 | line 1, column 8: 2147483648 (expected: an integer of 32 bits)",
                "site LIKE source | line 1, column 11",
            })
    void saysWhereAnExpressionIsWrong(String expression, String message) {
        assertThatThrownBy(() -> Sql.of(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    /** The library casts the left side to the type of the right. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"'05' = n | false", "'TRUE' = flag | false", "n + 1 = 6 | true", "flag | true", "n = '5' | true"})
    void seesTheTypeThatAnAttributeCameWith(String expression, boolean matchesStrings) {
        Attributes text = Attributes.of("type", "a", "source", "s", "n", "5", "flag", "true");
        assertThat(Sql.of(expression).matches(Views.of(text.withBare(List.of("n", "flag")))))
                .isTrue();
        assertThat(Sql.of(expression).matches(Views.of(text))).isEqualTo(matchesStrings);
    }

    @Test
    void writesNothingToTheConsole() {
        PrintStream console = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true));
        try {
            assertThatThrownBy(() -> Sql.of("site # 'console'")).isInstanceOf(IllegalArgumentException.class);
        } finally {
            System.setErr(console);
        }
        assertThat(written.size()).isZero();
    }

    @Test
    void equalsWhatIsWrittenAlike() {
        assertThat(Sql.of("site = '12'"))
                .isEqualTo(Sql.of("site = '12'"))
                .isSameAs(Sql.of("site = '12'"))
                .hasSameHashCodeAs(Sql.of("site = '12'"))
                .isNotEqualTo(Sql.of("site='12'"));
    }

    @Test
    void refusesTextsForLikeThatOnlyConcatCanMake() {
        EventView large = Views.of("type", "a", "source", "b", "x", "a".repeat(8192));

        assertThat(Sql.of("CONCAT(x, x) LIKE '%a'").matches(large)).isTrue();
        assertThat(Sql.of("CONCAT(x, x, x) LIKE '%a'").matches(large)).isFalse();
        assertThat(Objects.requireNonNull(Sql.of("CONCAT(x, x, x) LIKE '%a'").denial(large, ""))
                        .detail())
                .contains("24576 characters (expected: at most 16384)");
    }

    /** In the shapes that cost a recursive parser most, on a stack a quarter of an event loop's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"(|2", "NOT |1", "-|1", "1 - |2", "TRUE XOR |2", "1=|2", "site IN (|4", "ABS(|3"})
    void survivesTheDeepestNesting(String piece, int tokens) throws InterruptedException {
        String open = piece.repeat(298 / tokens);
        String text =
                open + "1" + ")".repeat((int) open.chars().filter(c -> c == '(').count());
        List<Throwable> thrown = new ArrayList<>();
        Thread thread =
                new Thread(null, () -> assertThat(Sql.of(text).matches(event)).isIn(true, false), "small", 256 * 1024);
        thread.setUncaughtExceptionHandler((same, failure) -> thrown.add(failure));
        thread.start();
        thread.join();

        assertThat(thrown).isEmpty();
        assertThatThrownBy(() -> Sql.of(piece.repeat(301))).hasMessageContaining("(expected: at most 300)");
    }

    @Test
    void throwsNothingForRandomExpressions() {
        String[] words = {
            "site",
            "missing",
            "sequence",
            "TRUE",
            "'a'",
            "7",
            "(",
            ")",
            "NOT",
            "-",
            "AND",
            "OR",
            "XOR",
            "=",
            "<>",
            "<",
            "+",
            "*",
            "/",
            "%",
            "LIKE 'a%'",
            "IN ('a', 7, TRUE)",
            "EXISTS site",
            "LEFT(",
            ",",
            "INT(",
            "ABS(",
            "-2147483648"
        };
        SplittableRandom random = new SplittableRandom(11);
        int parsed = 0;
        for (int i = 0; i < 30_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int w = random.nextInt(1, 8); w > 0; w--) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            parsed += matchesIfParsed(text.toString()) ? 1 : 0;
        }
        assertThat(parsed).isGreaterThan(500);
    }

    private boolean matchesIfParsed(String text) {
        Sql sql;
        try {
            sql = Sql.of(text);
        } catch (IllegalArgumentException refused) {
            return false;
        }
        assertThat(sql.matches(event)).as(text).isEqualTo(sql.denial(event, "") == null);
        return true;
    }

    /** Webhooks are shared by all event loops. */
    @Test
    void evaluatesOnSeveralThreadsAtOnce() throws Exception {
        Sql sql = Sql.of("type LIKE 'entry.%' AND site IN ('11', '12') AND LENGTH(CONCAT(site, sequence)) = 3");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String site = i % 2 == 0 ? "12" : "13";
                tasks.add(() -> alwaysMatches(sql, site));
            }
            for (Future<Boolean> agreed : threads.invokeAll(tasks)) {
                assertThat(agreed.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean alwaysMatches(Sql sql, String site) {
        boolean agreed = true;
        for (int i = 0; i < 20_000; i++) {
            EventView own = Views.of("type", "entry.x", "source", "cms", "site", site, "sequence", "7");
            agreed &= sql.matches(own) == site.equals("12");
        }
        return agreed;
    }
}
