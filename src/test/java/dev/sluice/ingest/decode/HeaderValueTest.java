package dev.sluice.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
            })
    void decodesOnce(String header, String value) {
        assertThat(HeaderValue.decode(header)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%C0%A0", "%ED%A0%80", "%FF", "%E2%82", "%", "%2", "%zz", "%-1", "é", "\"open", "\"a\"b", "%２0"})
    void refusesWrongEscapesAndWrongUtf8(String header) {
        assertThatIllegalArgumentException().isThrownBy(() -> HeaderValue.decode(header));
    }
}
