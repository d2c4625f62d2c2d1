package dev.sluice.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesTest {
    private static final Attributes PLAIN = Attributes.of("urgent", "true", "n", "-5", "text", "x");

    @Test
    void tellsABooleanAndAnIntegerFromTheirTexts() {
        Attributes typed = PLAIN.withBare(List.of("urgent", "n"));
        assertThat(typed.typed(0)).isEqualTo(true);
        assertThat(typed.typed(1)).isEqualTo(-5);
        assertThat(typed.typed(2)).isEqualTo("x");
        assertThat(PLAIN.typed(0)).isEqualTo("true");
        assertThat(typed.get("n")).isEqualTo("-5");
        assertThat(typed).isNotEqualTo(PLAIN);
    }

    /** What a damaged or newer record says must not become JSON that nobody can read. */
    @Test
    void keepsForAStringWhatIsNoBooleanAndNoInteger() {
        assertThat(PLAIN.withBare(List.of("text", "missing", "n")).bare()).containsExactly("n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "0", "-1", "2147483647", "-2147483648"})
    void knowsTheBooleansAndTheIntegersOfCloudEvents(String text) {
        assertThat(Attributes.isLiteral(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "True",
                "null",
                "1.0",
                "1e3",
                "+1",
                "01",
                "-",
                "2147483648",
                "-2147483649",
                "9999999999",
                "12345678901234567890"
            })
    void knowsWhatIsNeither(String text) {
        assertThat(Attributes.isLiteral(text)).isFalse();
    }

    @Test
    void isAStringAgainWhenItIsSetToOne() {
        Attributes built = Attributes.builder()
                .setAll(PLAIN.withBare(List.of("urgent", "n")))
                .set("n", "7")
                .build();
        assertThat(built.bare()).containsExactly("urgent");
    }
}
