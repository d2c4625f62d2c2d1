package dev.sluice.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValueTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain|plain",
                "Euro%20%E2%82%AC%20%F0%9F%98%80|Euro € 😀",
                "%e2%82%ac|€",
                "100%25|100%",
                "%2525|%25",
                "\"quoted \\\"text\\\" \\\\\"|quoted \"text\" \\",
                "\"%22\"|\"",
                "a b|a b",
                "%|%",
                "100%|100%",
                "5% off|5% off",
                "%2|%2",
                "%zz%|%zz%",
                "%-1|%-1",
                "%%41|%A",
            })
    void decodesOnce(String header, String value) {
        assertThat(HeaderValue.decode(header)).isEqualTo(value);
    }

    /** So do the SDKs of Go and JavaScript send it; each byte comes as a character. */
    @Test
    void takesUtf8ThatIsNotEscaped() {
        String value = "Zürich 100% 日本 😀";
        String asItComes = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(HeaderValue.decode(asItComes)).isEqualTo(value);
        assertThat(HeaderValue.decode(asItComes + "%E2%82%AC")).isEqualTo(value + "€");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%C0%A0",
                "%ED%A0%80",
                "%FF",
                "%E2%82",
                "é",
                "\u00e2\u0082x",
                "a\u007f",
                "\"open",
                "\"a\"b",
                "%２0"
            })
    void refusesWrongEscapesAndWrongUtf8(String header) {
        assertThatIllegalArgumentException().isThrownBy(() -> HeaderValue.decode(header));
    }
}
