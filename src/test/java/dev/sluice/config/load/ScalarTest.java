package dev.sluice.config.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Type;
import org.junit.jupiter.api.Test;

class ScalarTest {
    private enum Pace {
        SLOW,
        VERY_FAST
    }

    @Test
    void readsConstantsWithoutRegardToCaseAndWithEitherDash() {
        assertThat(parse(Pace.class, "pace", "very-fast")).isEqualTo(Pace.VERY_FAST);
        assertThat(parse(Pace.class, "pace", "Very_Fast")).isEqualTo(Pace.VERY_FAST);
        assertThat(Scalar.of(Pace.class, "pace").expected()).isEqualTo("one of slow, very-fast");
        refuses(Pace.class, "pace", "fast");
    }

    @Test
    void readsSizesOnlyWhereTheNameSaysBytes() {
        assertThat(parse(int.class, "maxBytes", "1KiB")).isEqualTo(1024);
        assertThat(parse(long.class, "maxBytes", "4GiB")).isEqualTo(4L << 30);
        refuses(int.class, "maxBytes", "2GiB");
        refuses(int.class, "port", "1KiB");
        refuses(long.class, "count", "1KiB");
    }

    @Test
    void readsNumbersAndTruth() {
        assertThat(parse(double.class, "share", "0.5")).isEqualTo(0.5);
        assertThat(parse(boolean.class, "on", "True")).isEqualTo(true);
        refuses(double.class, "share", "NaN");
        refuses(boolean.class, "on", "yes");
    }

    private static Object parse(Type type, String name, String text) {
        return Scalar.of(type, name).parse().apply(text);
    }

    private static void refuses(Type type, String name, String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(type, name, text));
    }
}
