package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
    @Test
    void findsNothingWrongWithEveryCodePoint() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                all.appendCodePoint(c);
            }
        }
        byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8.firstMalformed(bytes, 0, bytes.length)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "C080",
        "C1BF",
        "E08080",
        "EDA080",
        "EDBFBF",
        "F0808080",
        "F4908080",
        "F5808080",
        "80",
        "C3",
        "E282",
        "FF",
        "C328"
    })
    void findsOverlongFormsSurrogatesAndStrayBytes(String hex) {
        byte[] malformed = HexFormat.of().parseHex("6161616161616161" + hex);

        assertThat(Utf8.firstMalformed(malformed, 0, malformed.length)).isEqualTo(8);
    }

    @Test
    void looksAtNothingOutsideTheRange() {
        byte[] bytes = HexFormat.of().parseHex("FF616161FF");

        assertThat(Utf8.firstMalformed(bytes, 1, 4)).isEqualTo(-1);
    }

    @RepeatedTest(20)
    void agreesWithTheDecoderOfTheJdk(org.junit.jupiter.api.RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            for (int k = 0; k < bytes.length; k += 2) {
                bytes[k] |= random.nextBoolean() ? (byte) 0xC0 : 0;
            }
            assertThat(Utf8.firstMalformed(bytes, 0, bytes.length) < 0)
                    .as(HexFormat.of().formatHex(bytes))
                    .isEqualTo(decodes(bytes));
        }
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
