package dev.sluice.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentUseTest {
    private static final long SPAN = 100;

    private final RecentUse use = new RecentUse(SPAN);

    @Test
    void countsFromTheFirstUseOn() {
        use.add(1050);
        use.add(1149);
        assertThat(use.count(1149)).isEqualTo(2);
    }

    @Test
    void saysWhichOfTwoSpansSawMore() {
        use.add(1000);
        use.add(1001);
        use.add(1002);
        use.add(1100);
        assertThat(use.count(1100)).as("the one before").isEqualTo(3);
        use.add(1110);
        use.add(1120);
        use.add(1130);
        assertThat(use.count(1199)).as("the one under way").isEqualTo(4);
    }

    @Test
    void forgetsWhatIsTwoSpansAgo() {
        use.add(1000);
        use.add(1001);
        use.add(1100);
        assertThat(use.count(1199)).isEqualTo(2);
        assertThat(use.count(1200)).isOne();
        assertThat(use.count(1300)).isZero();
    }

    @Test
    void forgetsAllAfterAQuietTime() {
        use.add(1000);
        use.add(1001);
        assertThat(use.count(1200)).isZero();
        use.add(1250);
        assertThat(use.count(1299)).isOne();
        assertThat(use.count(1399)).as("spans follow each other").isOne();
        assertThat(use.count(1400)).isZero();
    }
}
