package dev.sluice.sim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumbersTest {
    /** Times in milliseconds, with what tells in a score why something waits, and whose it is. */
    @Test
    void readsWhatItWrote() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            double number = random.nextLong(1L << random.nextInt(1, 42)) + random.nextInt(2048) / 2048.0;
            String text = Numbers.text(number);
            assertThat(Numbers.parse(text))
                    .as(text)
                    .isEqualTo(Double.parseDouble(text))
                    .isEqualTo(number);
        }
    }

    @Test
    void writesSeventeenDigitsAsRedisDoes() {
        assertThat(List.of(0.0, 7.0, 2.25, 0.5, 1795000000123.25, 1795000000123.5005, 1e18, 0.1))
                .extracting(Numbers::text)
                .containsExactly(
                        "0",
                        "7",
                        "2.25",
                        "0.5",
                        "1795000000123.25",
                        "1795000000123.5005",
                        "1e+18",
                        "0.10000000000000001");
    }

    @Test
    void readsNothingElse() {
        assertThat(List.of("", ".", "1.", "1.2.3", "0x1", "1f", "NaN", "1 2"))
                .extracting(Numbers::parse)
                .containsExactly(null, null, 1.0, null, null, null, null, null);
    }
}
