package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @Test
    void cutsOutWhatTheParserPointsAtAlsoFromTheMiddleOfABuffer() {
        Buffer owner = Buffer.buffer("xyz {\"é\": [1, {\"b\":2}] } tail");
        JsonText text = new JsonText(owner, owner.getBytes(), 3, owner.length() - 5);

        Buffer value = text.read(parser -> {
            parser.nextToken();
            parser.nextToken();
            long start = parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            long end = parser.currentLocation().getByteOffset();
            parser.nextToken();
            return text.slice(start, end);
        });

        assertThat(value).hasToString("[1, {\"b\":2}]");
    }

    @Test
    void countsOffsetsBehindAByteOrderMark() {
        JsonText text = JsonText.of(Buffer.buffer("\uFEFF{\"a\":12}"));

        Buffer value = text.read(parser -> {
            parser.nextToken();
            parser.nextToken();
            long start = parser.currentTokenLocation().getByteOffset();
            long end = parser.currentLocation().getByteOffset();
            parser.nextToken();
            return text.slice(start, end);
        });

        assertThat(value).hasToString("12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\"}",
                "[1,]",
                "nul",
                "1 2",
                "{} {}",
                "\"\u0001\"",
                "'a'",
                "{a:1}",
                "NaN",
                "01",
                "+1",
                "\"\\x\""
            })
    void refusesWhatIsNotOneJsonValue(String text) {
        assertThat(refusal(Buffer.buffer(text)).status()).isEqualTo(400);
    }

    @Test
    void saysWhereTheTextIsMalformed() {
        assertThat(refusal(Buffer.buffer("{\n \"a\": ?}")).detail()).startsWith("byte 8, line 2, column 7: ");
    }

    @Test
    void keepsTheParsersOwnInsidesOutOfTheMessage() {
        assertThat(refusal(Buffer.buffer("{\"a\":[")).detail()).doesNotContain("Source");
    }

    @Test
    void refusesDeepNesting() {
        assertThat(refusal(Buffer.buffer("[".repeat(100_000))).detail()).contains("nesting depth");
    }

    @Test
    void refusesInvalidUtf8InAStringThatNobodyReads() {
        byte[] overlong = "{\"a\":\"__\"}".getBytes(StandardCharsets.UTF_8);
        overlong[6] = (byte) 0xC0;
        overlong[7] = (byte) 0x80;

        assertThat(refusal(Buffer.buffer(overlong)).detail()).isEqualTo("byte 6: 0xC0 (expected: UTF-8)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32BE", "UTF-32LE"})
    void refusesOtherEncodings(String charset) {
        assertThat(refusal(Buffer.buffer("{\"a\":1}", charset)).detail()).contains("expected: UTF-8");
    }

    private static Problem refusal(Buffer body) {
        JsonText text = JsonText.of(body);
        return catchThrowableOfType(ProblemException.class, () -> text.read(JsonParser::skipChildren))
                .problem();
    }
}
