package dev.sluice.delivery.send.http.wear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.ManualTicker;
import dev.sluice.time.Jitter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Habits habits = new Habits(Duration.ofSeconds(30), ticker, Jitter.NONE);
    private final Habit habit = habits.of("hooks.example:443");
    private final Traffic traffic = habits.begin();

    private void exchange() {
        assertThat(traffic.isWorn(habit, ticker.nanos())).isFalse();
        traffic.goesOut();
        traffic.answered();
        traffic.ended();
    }

    private Traffic idleForFiveSeconds() {
        Traffic one = habits.begin();
        one.isWorn(habit, ticker.nanos());
        one.goesOut();
        one.answered();
        one.ended();
        ticker.advance(Duration.ofSeconds(5));
        return one;
    }

    @Test
    void isWornWhenItWasIdleForTooLong() {
        exchange();
        ticker.advance(Duration.ofSeconds(30));
        assertThat(traffic.isWorn(habit, ticker.nanos())).isFalse();
        ticker.advance(Duration.ofMillis(1));
        assertThat(traffic.isWorn(habit, ticker.nanos())).isTrue();
    }

    @Test
    void isNotIdleWhileARequestIsUnderWay() {
        traffic.isWorn(habit, ticker.nanos());
        traffic.goesOut();
        ticker.advance(Duration.ofSeconds(60));
        assertThat(traffic.isWorn(habit, ticker.nanos())).isFalse();
        traffic.ended();
        assertThat(traffic.isWorn(habit, ticker.nanos())).isFalse();
    }

    @Test
    void isWornWhenItIsOldThoughItIsNeverIdle() {
        for (int i = 0; i < 269; i++) {
            exchange();
            ticker.advance(Duration.ofSeconds(1));
        }
        assertThat(traffic.isWorn(habit, ticker.nanos())).isFalse();
        ticker.advance(Duration.ofSeconds(1));
        assertThat(traffic.isWorn(habit, ticker.nanos())).isTrue();
    }

    @Test
    void isWornWhenTheServerClosedItsSide() {
        exchange();
        traffic.isLeft();
        assertThat(traffic.isWorn(habit, ticker.nanos())).isTrue();
    }

    @Test
    void ofANewConnectionIsNotWornBeforeItIsUsed() {
        assertThat(traffic.isWorn(habit, ticker.nanos())).isFalse();
        ticker.advance(Duration.ofSeconds(1));
        assertThat(traffic.isWorn(habit, ticker.nanos())).isFalse();
        ticker.advance(Duration.ofMillis(1));
        assertThat(traffic.isWorn(habit, ticker.nanos()))
                .as("nobody used it, so it is no new one any more")
                .isTrue();
    }

    @Test
    void isWornSoonerWhereTheServerSaysSo() {
        traffic.isWorn(habit, ticker.nanos());
        traffic.goesOut();
        traffic.announced("timeout=5");
        traffic.answered();
        traffic.ended();
        ticker.advance(Duration.ofSeconds(4));
        assertThat(traffic.isWorn(habit, ticker.nanos())).isFalse();
        ticker.advance(Duration.ofMillis(1));
        assertThat(traffic.isWorn(habit, ticker.nanos())).isTrue();
        assertThat(Duration.ofNanos(habit.mostIdle(ticker.nanos())))
                .as("it is about one connection")
                .hasSeconds(30);
    }

    @Test
    void isLostWhenTooFewWouldFindRoomBesideThoseThatNeverWentOut() {
        assertThat(traffic.isLostByOneUnused(100)).as("nobody is on it").isTrue();
        Traffic shared = habits.begin();
        shared.goesOut();
        assertThat(shared.isLostByOneUnused(2)).isFalse();
        assertThat(shared.isLostByOneUnused(2)).isTrue();
        assertThat(shared.retire()).isTrue();
        assertThat(shared.retire()).as("it was so before").isFalse();
    }

    @Test
    void whatOneConnectionShowsHoldsForTheNextOfThatServer() {
        for (int i = 0; i < 2; i++) {
            Traffic one = idleForFiveSeconds();
            one.isLeft();
        }
        Traffic next = habits.begin();
        next.isWorn(habit, ticker.nanos());
        next.goesOut();
        next.ended();
        ticker.advance(Duration.ofMillis(4001));
        assertThat(next.isWorn(habits.of("hooks.example:443"), ticker.nanos())).isTrue();
        assertThat(next.isWorn(habits.of("other.example:443"), ticker.nanos())).isFalse();
    }

    @Test
    void whatWeCloseOurselvesTellsNothingOfTheServer() {
        for (int i = 0; i < 2; i++) {
            Traffic one = idleForFiveSeconds();
            one.retire();
            one.isLeft();
        }
        assertThat(Duration.ofNanos(habit.mostIdle(ticker.nanos()))).hasSeconds(30);
    }

    @Test
    void streamsOfOneConnectionThatAreLeftUndoneTellOnce() {
        traffic.isWorn(habit, ticker.nanos());
        traffic.stoppedAfter(10);
        traffic.stoppedAfter(10);
        assertThat(habit.mostRequests(ticker.nanos())).isEqualTo(Long.MAX_VALUE);
        Traffic next = habits.begin();
        next.isWorn(habit, ticker.nanos());
        next.stoppedAfter(10);
        assertThat(habit.mostRequests(ticker.nanos())).isEqualTo(10);
    }
}
