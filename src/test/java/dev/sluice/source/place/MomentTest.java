package dev.sluice.source.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-21T09:14:04.817Z        | 2026-11-21T09:14:04.817Z",
                "2026-11-21T09:14:04+01:00       | 2026-11-21T08:14:04Z",
                "2026-11-21T09:14:04+0100        | 2026-11-21T08:14:04Z",
                "2026-11-21T09:14:04-03          | 2026-11-21T12:14:04Z",
                "2026-11-21 09:14:04.5 UTC       | 2026-11-21T09:14:04.500Z",
                "2026-11-21t09:14:04z            | 2026-11-21T09:14:04Z",
                "2026-11-21 09:14:04 +0000       | 2026-11-21T09:14:04Z",
                "2026-11-21T09:14:04             | 2026-11-21T09:14:04Z",
                "2026-11-21T09:14                | 2026-11-21T09:14:00Z",
                "2026-11-21                      | 2026-11-21T00:00:00Z",
                "Sat, 21 Nov 2026 09:14:04 +0100 | 2026-11-21T08:14:04Z",
                "Sat, 21 Nov 2026 09:14:04 GMT   | 2026-11-21T09:14:04Z",
                "1795252444                      | 2026-11-21T09:14:04Z",
                "1795252444817                   | 2026-11-21T09:14:04.817Z",
                "1795252444817000                | 2026-11-21T09:14:04.817Z",
                "1795252444817000000             | 2026-11-21T09:14:04.817Z",
                "1795252444.817                  | 2026-11-21T09:14:04.817Z",
                "1795252444817.0                 | 2026-11-21T09:14:04.817Z",
                "0                               | 1970-01-01T00:00:00Z",
            })
    void readsTimesAsTheyAreWritten(String text, Instant time) {
        assertThat(Moment.read(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-13-01",
                "2026-11-21T25:00:00Z",
                "-5",
                "1e9",
                "99999999999999999999",
                "21.11.2026",
                "2026-11-21T09:14:04+99:00"
            })
    void knowsWhatIsNone(String text) {
        assertThat(Moment.read(text)).isNull();
    }
}
