package dev.sluice.subscription.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.Attributes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTest {
    static final EventView EVENT = Views.of(
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

        assertThat(sql.matches(EVENT)).isEqualTo(matches);
        assertThat(sql.denial(EVENT, "/filter") == null).isEqualTo(matches);
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
        assertThat(Sql.of(expression).matches(EVENT)).isFalse();
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
        Denial denial = Objects.requireNonNull(Sql.of(expression).denial(EVENT, "/filter/any/0"));

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
}
