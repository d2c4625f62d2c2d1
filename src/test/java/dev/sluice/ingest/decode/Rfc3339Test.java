package dev.sluice.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T09:14:04Z",
                "2026-11-21t09:14:04z",
                "2026-11-21T09:14:04.8Z",
                "2026-11-21T09:14:04.123456789123+23:59",
                "2024-02-29T00:00:00-04:00",
                "2000-02-29T00:00:00Z",
                "1990-12-31T23:59:60Z",
            })
    void takesDateTimes(String text) {
        assertThat(Rfc3339.isDateTime(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-11-21",
                "2026-11-21T09:14:04",
                "2026-11-21 09:14:04Z",
                "2026-11-21T09:14Z",
                "2026-13-21T09:14:04Z",
                "2026-00-21T09:14:04Z",
                "2026-11-31T09:14:04Z",
                "2026-11-00T09:14:04Z",
                "2023-02-29T09:14:04Z",
                "1900-02-29T09:14:04Z",
                "2026-11-21T24:14:04Z",
                "2026-11-21T09:60:04Z",
                "2026-11-21T09:14:61Z",
                "2026-11-21T09:14:04.Z",
                "2026-11-21T09:14:04.5",
                "2026-11-21T09:14:04+24:00",
                "2026-11-21T09:14:04+0400",
                "2026-11-21T09:14:04ZZ",
                "2026-11-21T09:14:04Z ",
                "-026-11-21T09:14:04Z",
                "২০২৬-11-21T09:14:04Z",
            })
    void refusesEverythingElse(String text) {
        assertThat(Rfc3339.isDateTime(text)).isFalse();
    }
}
