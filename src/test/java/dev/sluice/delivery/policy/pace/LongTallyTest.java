package dev.sluice.delivery.policy.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongTallyTest {
    private static final long HALF = 30;

    private final LongTally tally = new LongTally(HALF);

    @Test
    void countsNothingForNoTimeAtFirst() {
        assertThat(tally.count(1000)).isZero();
        assertThat(tally.span(1000)).isZero();
    }

    @Test
    void countsFromTheFirstOn() {
        tally.add(1000);
        tally.add(1020);
        assertThat(tally.count(1029)).isEqualTo(2);
        assertThat(tally.span(1029)).isEqualTo(29);
    }

    @Test
    void looksBackAtTheHalfBefore() {
        tally.add(1000);
        tally.add(1020);
        tally.add(1040);
        assertThat(tally.count(1050)).isEqualTo(3);
        assertThat(tally.span(1050)).isEqualTo(50);
    }

    @Test
    void looksBackAsFarWhereBothHalvesSawAsMany() {
        tally.add(1000);
        tally.add(1035);
        tally.add(1040);
        assertThat(tally.count(1050)).isEqualTo(3);
        assertThat(tally.span(1050)).isEqualTo(50);
    }

    @Test
    void forgetsWhatIsOlderThanTheHalfBefore() {
        tally.add(1000);
        tally.add(1040);
        assertThat(tally.count(1059)).isEqualTo(2);
        assertThat(tally.count(1060)).isOne();
        assertThat(tally.span(1060)).isEqualTo(30);
        assertThat(tally.count(1090)).isZero();
        assertThat(tally.span(1090)).isZero();
    }

    @Test
    void forgetsAllAfterALongQuietTimeAndCountsFromTheNextOn() {
        tally.add(1000);
        tally.add(1070);
        assertThat(tally.count(1075)).isOne();
        assertThat(tally.span(1075)).isEqualTo(5);
    }

    @Test
    void countsFromTheNextOnAfterItWasCleared() {
        tally.add(1000);
        tally.add(1040);
        tally.clear();
        assertThat(tally.count(1045)).isZero();
        tally.add(1050);
        assertThat(tally.count(1055)).isOne();
        assertThat(tally.span(1055)).isEqualTo(5);
    }

    @Test
    void looksAtTheTimeWhoeverAsks() {
        tally.add(1000);
        assertThat(tally.span(1070)).isZero();
        tally.add(1080);
        tally.add(1100);
        assertThat(tally.span(1115)).isEqualTo(35);
    }
}
