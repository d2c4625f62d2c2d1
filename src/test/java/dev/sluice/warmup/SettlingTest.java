package dev.sluice.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettlingTest {
    private final Settling settling = new Settling(1000);

    @Test
    void isSettledWhenTheCompilerTookLittleThreeTimesInARow() {
        assertThat(settling.look(1050)).isFalse();
        assertThat(settling.look(1100)).isFalse();
        assertThat(settling.look(1150)).isTrue();
    }

    @Test
    void beginsAgainWhenTheCompilerTookMuch() {
        settling.look(1000);
        settling.look(1000);
        assertThat(settling.look(1051)).isFalse();
        assertThat(settling.look(1051)).isFalse();
        assertThat(settling.look(1051)).isFalse();
        assertThat(settling.look(1051)).isTrue();
    }
}
