package dev.sluice.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.policy.Split.Part;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    private static final int NONE = Split.NONE;

    static Stream<Split> splits() {
        return Stream.of(
                new Split(2, 1, 12, 30, 4),
                new Split(0, 0, 0, 0, 0),
                new Split(NONE, NONE, NONE, 12, 0),
                new Split(NONE, 5000, NONE, NONE, NONE),
                new Split(NONE, 0, 12, NONE, NONE),
                new Split(15_000, NONE, NONE, NONE, NONE),
                Split.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("splits")
    void isReadAsItIsWritten(Split split) {
        assertThat(Split.of(split.text())).isEqualTo(split);
    }

    @Test
    void isWrittenInAFewLetters() {
        assertThat(new Split(2, 0, 12, 30, 0).text()).isEqualTo("d2ct12f30b");
        assertThat(new Split(NONE, NONE, NONE, 12, 0).text()).isEqualTo("f12b");
        assertThat(Split.UNKNOWN.text()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "???", "z", "F1"})
    void knowsNothingOfWhatItCannotRead(String text) {
        assertThat(Split.of(text)).isEqualTo(Split.UNKNOWN);
    }

    @Test
    void leavesOutThePartsOfALaterVersionAndBoundsAllOthers() {
        assertThat(Split.of("c3q7t12f99999999999999999999b1")).isEqualTo(new Split(NONE, 3, 12, Integer.MAX_VALUE, 1));
    }

    @Test
    void isOnAKeptConnectionWhereNoneWasMade() {
        assertThat(new Split(1, NONE, NONE, 12, 0).isOnKeptConnection()).isTrue();
        assertThat(new Split(NONE, 0, NONE, 12, 0).isOnKeptConnection()).isFalse();
        assertThat(new Split(1, NONE, NONE, NONE, NONE).isOnKeptConnection()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "DNS,       d5,     DNS",
        "CONNECT,   dc5000, CONNECT",
        "TLS,       ct12,   TLS",
        "TIMEOUT,   d15000, DNS",
        "TIMEOUT,   f15000, FIRST_BYTE",
        "BROKEN,    ctf3,   FIRST_BYTE",
        "FORBIDDEN, d5,     ",
        "INTERNAL,  d5c1,   ",
        "AUTH,      '',     ",
        "TIMEOUT,   '',     ",
    })
    void aFailureIsOfThePartThatItCameTo(Kind kind, String text, Part failedIn) {
        assertThat(Split.of(text).failedIn(kind)).isEqualTo(failedIn);
    }
}
