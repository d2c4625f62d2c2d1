package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"250ms,250", "15s,15000", "90m,5400000", "2h,7200000", "30d,2592000000", "0s,0", "5 s,5000", "5S,5000"})
    void readsDurations(String text, long millis) {
        assertThat(Units.duration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "s", "-1s", "1.5s", "1w", "PT1S", "999999999999999999d", "99999999d", "1s 1m"})
    void refusesWhatIsNoDuration(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Units.duration(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"250ms", "15s", "90m", "2h", "30d", "0s", "1500ms"})
    void writesDurationsAsItReadsThem(String text) {
        assertThat(Units.text(Units.duration(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "4096,4096",
        "12B,12",
        "512KB,512000",
        "64KiB,65536",
        "1MiB,1048576",
        "1mb,1000000",
        "2 GiB,2147483648",
        "3GB,3000000000"
    })
    void readsSizes(String text, long bytes) {
        assertThat(Units.size(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "-1", "1.5MiB", "1TB", "99999999999GiB", "9999999999999999999999"})
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Units.size(text));
    }
}
