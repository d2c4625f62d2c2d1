package dev.sluice.admin.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.key.Accent.Rgb;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccentTest {
    private static Accent accent(String said) {
        return Objects.requireNonNull(Accent.of(said));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#000", "#fff", "#ffcc00", "#FF0000", "#00ff00", "#0000ff", "#3d5afe", "#808080", "#f5f5dc"})
    void canBeReadWhateverTheHostSays(String said) {
        Accent accent = accent(said);
        Rgb white = Rgb.WHITE;
        assertThat(Rgb.of(accent.light().fill()).contrast(white)).isGreaterThanOrEqualTo(Accent.TEXT);
        assertThat(Rgb.of(accent.dark().fill()).contrast(white)).isGreaterThanOrEqualTo(Accent.TEXT);
        assertThat(Rgb.of(accent.dark().fill()).contrast(Rgb.of("#171a22"))).isGreaterThanOrEqualTo(Accent.SHAPE);
        assertThat(Rgb.of(accent.light().text()).contrast(Rgb.of("#eef0f4"))).isGreaterThanOrEqualTo(Accent.TEXT);
        assertThat(Rgb.of(accent.dark().text()).contrast(Rgb.of("#222732"))).isGreaterThanOrEqualTo(Accent.TEXT);
    }

    @Test
    void staysAsItIsWhereItCanBeReadAlready() {
        assertThat(accent("#0a3d91").light()).isEqualTo(new Accent.Shade("#0a3d91", "#0a3d91"));
        assertThat(accent("#9db8ff").dark().text()).isEqualTo("#9db8ff");
        assertThat(accent("#03f").light().fill()).isEqualTo("#0033ff");
    }

    @Test
    void measuresAsTheStandardDoes() {
        assertThat(Rgb.BLACK.contrast(Rgb.WHITE)).isEqualTo(21);
        assertThat(Rgb.of("#777777").contrast(Rgb.WHITE)).isBetween(4.47, 4.49);
    }

    @ParameterizedTest
    @ValueSource(strings = {"red", "#12", "#1234", "#12345678", "3d5afe", "#ggg", "#fff;}", "url(x)"})
    void isNoneOfAnotherForm(String said) {
        assertThat(Accent.of(said)).isNull();
    }
}
