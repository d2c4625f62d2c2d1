package dev.sluice.delivery.policy.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoundPaceTest {
    private static final Duration TWO = Duration.ofSeconds(2);
    private static final FoundPace FIVE = new FoundPace(5, 10, TWO, false);

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    @Test
    void guessesFromWhatWasTakenInTheTimeOrTheRest() {
        FoundPace burst = FoundPace.guess(10, Duration.ZERO, TWO).orElseThrow();
        assertThat(burst.perSecond()).isEqualTo(5);
        assertThat(burst.burst()).isEqualTo(10);
        FoundPace flow = FoundPace.guess(1200, Duration.ofMinutes(1), TWO).orElseThrow();
        assertThat(flow.perSecond()).isEqualTo(20);
        assertThat(flow.burst()).isEqualTo(1);
        assertThat(FoundPace.guess(0, Duration.ofMinutes(1), TWO)).isEmpty();
    }

    @Test
    void measuresBetweenTwoRefusals() {
        FoundPace guess = new FoundPace(7, 10, TWO, true);
        FoundPace measured = guess.refused(20, seconds(4), TWO);
        assertThat(measured.perSecond()).isCloseTo(5 * 0.97, within(0.01));
        assertThat(measured.isGuess()).isFalse();
    }

    @Test
    void isNeverFasterAfterARefusal() {
        SplittableRandom random = new SplittableRandom(429);
        for (int i = 0; i < 10_000; i++) {
            FoundPace pace = new FoundPace(
                    random.nextDouble(0.01, 1000),
                    random.nextDouble(1, 500),
                    seconds(random.nextInt(1, 60)),
                    i % 2 == 0);
            long taken = random.nextLong(1, 1000);
            Duration age = pace.rest().plus(seconds(random.nextDouble(0, 900)));
            FoundPace next = pace.refused(taken, age, TWO);
            assertThat(next.perSecond()).isLessThanOrEqualTo(Math.max(1 / 60.0, pace.perSecond(taken, age)));
            assertThat(next.burst()).isLessThanOrEqualTo(Math.max(1, pace.burst(taken, age)));
        }
    }

    @Test
    void risesByWhatIsTakenAndByTimeWhicheverIsSlower() {
        assertThat(FIVE.perSecond(50, seconds(300))).isBetween(5.5, 6.5);
        assertThat(FIVE.perSecond(5000, TWO)).isEqualTo(5);
        assertThat(FIVE.perSecond(300, seconds(122))).isGreaterThan(45);
    }

    @Test
    void fallsByHalfAtMostWhereThereWasLittleToSend() {
        assertThat(FIVE.refused(20, seconds(600), TWO).perSecond()).isCloseTo(2.5, within(0.3));
    }

    @Test
    void fallsLittleBelowWhereItRoseTo() {
        double risen = FIVE.perSecond(300, seconds(122));
        assertThat(FIVE.refused(300, seconds(122), TWO).perSecond()).isCloseTo(0.7 * risen, within(0.01));
    }

    @Test
    void keepsThePaceWhileTheEndpointTakesNothing() {
        FoundPace still = FIVE.refused(0, seconds(3), seconds(4));
        assertThat(still.perSecond()).isEqualTo(5);
        assertThat(still.rest()).isEqualTo(seconds(7));
        assertThat(still.perSecond(0, seconds(7))).isEqualTo(5);
    }

    @Test
    void takesFewForNoMeasure() {
        FoundPace guess = new FoundPace(22, 22, Duration.ofSeconds(1), true);
        FoundPace next = guess.refused(1, seconds(1.1), TWO);
        assertThat(next.perSecond()).isCloseTo(11, within(0.1));
        assertThat(next.isGuess()).isTrue();
    }

    @Test
    void saysNothingOfThePaceThatLessWasSavedUp() {
        FoundPace next = new FoundPace(45, 54, Duration.ofSeconds(1), false).refused(22, seconds(1.2), TWO);
        assertThat(next.perSecond()).isGreaterThan(43);
        assertThat(next.burst()).isEqualTo(22);
    }

    @Test
    void learnsThatLessIsSavedUp() {
        assertThat(FIVE.refused(3, TWO, TWO).burst()).isEqualTo(3);
    }

    /** Their refusals do not depend on how fast they are asked. */
    @ParameterizedTest
    @ValueSource(ints = {3, 10, 50})
    void whereChanceRefusesItFallsToOneInEachRestAtMost(int percent) {
        SplittableRandom random = new SplittableRandom(429);
        Duration asked = Duration.ofSeconds(1);
        FoundPace pace = new FoundPace(5, 10, asked, false);
        long taken = 0;
        double since = 0;
        for (int i = 0; i < 20_000; i++) {
            since += 1 / pace.perSecond(taken, seconds(since));
            if (random.nextInt(100) < percent) {
                pace = pace.refused(taken, seconds(since), asked);
                taken = 0;
                since = 1;
            } else {
                taken++;
            }
            assertThat(pace.perSecond()).isGreaterThanOrEqualTo(1);
        }
    }

    /** However short a rest it asks for, it falls to one a second; and to one in ten where it asks for ten. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 10})
    void fallsToOneInEachRestAndASecondAtLeast(double asked) {
        FoundPace pace = new FoundPace(50, 1, seconds(asked), false);
        for (int i = 0; i < 100; i++) {
            pace = pace.refused(2, seconds(asked + 0.1), seconds(asked));
        }
        assertThat(pace.perSecond()).isCloseTo(1 / Math.max(1, asked), within(1e-9));
    }

    @Test
    void aPaceBelowOneInEachRestStays() {
        FoundPace slow = new FoundPace(0.2, 1, Duration.ofSeconds(1), false);
        FoundPace next = slow.refused(2, seconds(10), Duration.ofSeconds(1));
        assertThat(next.perSecond()).isBetween(0.2, 0.25);
    }

    @Test
    void hasBounds() {
        assertThat(new FoundPace(0, 0, TWO, true).perSecond()).isEqualTo(1 / 60.0);
        assertThat(new FoundPace(0, 0, TWO, true).burst()).isEqualTo(1);
        assertThat(new FoundPace(1e9, 1e9, TWO, true).perSecond()).isEqualTo(10_000);
        assertThat(FIVE.perSecond(Long.MAX_VALUE, Duration.ofDays(1000))).isEqualTo(10_000);
    }

    @Test
    void whatIsAllThatWasSavedUpSaysNothingOfThePace() {
        FoundPace next = new FoundPace(5, 5, TWO, false).refused(5, TWO, TWO);
        assertThat(next.perSecond()).isCloseTo(5 * 0.97, within(1e-9));
        assertThat(next.burst()).isEqualTo(5);
    }

    @Test
    void tenThatWereTakenAreAMeasure() {
        FoundPace guess = new FoundPace(22, 22, seconds(1), true);
        FoundPace measured = guess.refused(10, TWO, seconds(3));
        assertThat(measured.isGuess()).isFalse();
        assertThat(measured.perSecond()).isCloseTo(5 * 0.97, within(1e-9));
        assertThat(measured.rest()).isEqualTo(seconds(3));
        FoundPace still = guess.refused(9, TWO, seconds(3));
        assertThat(still.isGuess()).isTrue();
        assertThat(still.rest()).as("it is as long as nothing was measured").isEqualTo(seconds(5));
    }

    @Test
    void savesUpLessAsThePaceFalls() {
        FoundPace next = FIVE.refused(30, seconds(4), TWO);
        assertThat(next.perSecond()).isCloseTo(0.97 * FIVE.perSecond(30, seconds(4)), within(1e-9));
        assertThat(next.burst()).isCloseTo(0.97 * FIVE.burst(30, seconds(4)), within(1e-9));
    }

    /** It was full after the first of ten seconds: what is taken in thirty is what it brought forth in twenty-one. */
    @Test
    void countsARestOnlyAsFarAsTheEndpointSavesUp() {
        FoundPace next = new FoundPace(5, 5, seconds(10), false).refused(100, seconds(30), TWO);
        assertThat(next.perSecond()).isCloseTo(100 / 21.0 * 0.97, within(1e-9));
    }

    @Test
    void staysNearWhereItIsWhereLittleIsSavedUp() {
        FoundPace little = new FoundPace(5, 1, TWO, false);
        assertThat(little.refused(5, seconds(4), TWO).perSecond())
                .isCloseTo(0.88 * little.perSecond(5, seconds(4)), within(1e-9));
        assertThat(new FoundPace(5, 2, TWO, false).refused(5, seconds(4), TWO).perSecond())
                .isEqualTo(2.5);
        assertThat(new FoundPace(5, 1, TWO, true).refused(5, seconds(4), TWO).perSecond())
                .as("nothing is known of a guess")
                .isEqualTo(2.5);
    }

    @Test
    void risesAStepForFiftyThatAreTakenAndForTenRests() {
        double oneStep = 1 + 1 / 10.0 + 1 / 27.0;
        double twoSteps = 1 + 2 / 10.0 + 8 / 27.0;
        assertThat(FIVE.perSecond(50, seconds(42))).isCloseTo(5 * oneStep, within(1e-9));
        assertThat(FIVE.perSecond(5000, seconds(42))).isCloseTo(5 * twoSteps, within(1e-9));
    }
}
