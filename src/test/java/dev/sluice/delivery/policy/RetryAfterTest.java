package dev.sluice.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120                              | PT2M",
                "1                                | PT1S",
                "007                              | PT7S",
                "999999999999                     | PT999999999999S",
                "100000000000                     | PT100000000000S",
                "99999999999999999999999999999999 | PT999999999999S",
                "Sun, 06 Nov 1994 08:49:37 GMT    | PT37S",
                "Sunday, 06-Nov-94 08:49:37 GMT   | PT37S",
                "Sun Nov  6 08:49:37 1994         | PT37S",
                "Sun, 6 Nov 1994 08:49:37 GMT     | PT37S",
                "Sun Nov 16 08:49:37 1994         | PT240H37S",
                "Mon, 06 Nov 1994 08:49:37 GMT    | PT37S",
                "Sunday, 06-Nov-43 08:49:00 GMT   | PT429528H"
            })
    void readsSecondsAndTheThreeFormsOfADate(String header, Duration expected) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(expected);
    }

    @Test
    void allowsForWhiteSpaceAround() {
        assertThat(RetryAfter.parse(" 30 ", NOW)).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "-1",
                "+5",
                "1.5",
                "1e3",
                "soon",
                ",",
                "٣",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 CET",
                "Sun, 31 Feb 1995 08:49:37 GMT",
                "Sun, 06 Nov 1994 25:49:37 GMT",
                "Sun, 06 Nov 1994 08:48:59 GMT",
                "Sun, 06 Nov 1994 08:49:00 GMT",
                "Sunday, 06-Nov-60 08:49:37 GMT",
                "1994-11-06T08:49:37Z",
                "120, 120",
                "1111111111111111111111111111111111111111111111111111111111111111111111"
            })
    void ignoresGarbageAndThePast(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isNull();
    }

    @Test
    void ignoresItsAbsence() {
        assertThat(RetryAfter.parse(null, NOW)).isNull();
    }

    @Test
    void readsNoMoreThanAFewCharacters() {
        assertThat(RetryAfter.parse("1".repeat(64), NOW)).isEqualTo(Duration.ofSeconds(999_999_999_999L));
        assertThat(RetryAfter.parse("1".repeat(65), NOW)).isNull();
    }
}
