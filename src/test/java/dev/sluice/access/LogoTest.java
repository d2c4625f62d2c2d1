package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogoTest {
    @ParameterizedTest
    @CsvSource({
        "https://cdn.example.com/logo.png, https://cdn.example.com/logo.png",
        "https://cdn.example.com:8443/a/b.svg?v=2, https://cdn.example.com:8443/a/b.svg",
        "'https://cdn.example.com/a;b''c,d.png', https://cdn.example.com/a%3Bb%27c%2Cd.png",
        "https://cdn.example.com, https://cdn.example.com",
        "'data:image/png;base64,iVBORw0KGgo=', data:",
    })
    void hasAPageAllowThatOneAndNothingElse(String text, String allowed) {
        assertThat(new Logo(text).allowed()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cdn.example.com/logo.png",
                "//cdn.example.com/logo.png",
                "/logo.png",
                "javascript:alert(1)",
                "https:///logo.png",
                "https://user:pass@cdn.example.com/logo.png",
                "https://cdn.example.com/#x",
                "https://cdn.example.com/ ; script-src *",
                "https://cdn.example.com/é.png",
                "data:text/html;base64,PHNjcmlwdD4=",
                "data:image/svg+xml,<svg/>",
                "data:image/png;base64,",
                "data:image/png;base64,a b",
                ""
            })
    void isNoneOfAnotherForm(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Logo(text)).withMessageContaining("expected");
    }

    @Test
    void isBounded() {
        String start = "data:image/png;base64,";
        new Logo(start + "A".repeat(Logo.MOST_DATA - start.length()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Logo(start + "A".repeat(Logo.MOST_DATA)))
                .withMessageContaining("at most " + Logo.MOST_DATA);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Logo("https://example.com/" + "a".repeat(Logo.MOST_URL)))
                .withMessageContaining("at most " + Logo.MOST_URL);
    }
}
