package dev.sluice.subscription.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DataPointerTest {
    /** RFC 6901, section 5, below {@code /data}. */
    @ParameterizedTest
    @CsvSource({
        "/data/foo, foo",
        "/data/, ''",
        "/data/a~1b, a/b",
        "/data/c%d, c%d",
        "/data/e^f, e^f",
        "/data/m~0n, m~n",
        "/data/~01, ~1",
        "/data/i\\j, i\\j",
        "/data/' ', ' '",
    })
    void unescapesATokenOnce(String text, String token) {
        assertThat(DataPointer.of(text.replace("' '", " ")).tokens()).containsExactly(token.replace("' '", " "));
    }

    @Test
    void goesDownTokenByToken() {
        assertThat(DataPointer.of("/data").tokens()).isEmpty();
        assertThat(DataPointer.of("/data/entry/0/status").tokens()).isEqualTo(List.of("entry", "0", "status"));
        assertThat(DataPointer.of("/data//a/").tokens()).containsExactly("", "a", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/database", "/type", "data/a", "/data/~", "/data/~2", "/data/a~b"})
    void refusesWhatPointsNowhere(String text) {
        assertThatThrownBy(() -> DataPointer.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected:");
    }

    @Test
    void escapesANameForAPointer() {
        assertThat(DataPointer.escaped("/data/a~0b")).isEqualTo("~1data~1a~00b");
    }
}
