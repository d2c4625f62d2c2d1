package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiJsonTest {
    @Test
    void writesAsPhpDoes() {
        assertThat(AsciiJson.quote("a/b é \"\\\n\t\b\f\r\u0001\u007f😀"))
                .isEqualTo("\"a\\/b \\u00e9 \\\"\\\\\\n\\t\\b\\f\\r\\u0001\u007f\\ud83d\\ude00\"");
    }

    @Test
    void escapesWhatWasEncoded() {
        assertThat(AsciiJson.escape("{\"a/b\":\"\\\\/é\"}")).isEqualTo("{\"a\\/b\":\"\\\\\\/\\u00e9\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\", "\\/", "//\\\\//", "ß\"/"})
    void isReadAsWhatItWas(String text) {
        assertThat(Json.decodeValue(AsciiJson.quote(text))).isEqualTo(text);
        assertThat(Json.decodeValue(AsciiJson.escape(Json.encode(text)))).isEqualTo(text);
    }
}
