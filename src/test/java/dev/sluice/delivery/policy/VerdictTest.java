package dev.sluice.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.delivery.policy.Answer.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decisions are made of, and made as. */
class VerdictTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void withoutRestItSaysTheSameOfTheDeliveryAndNothingOfItsLane() {
        assertThat(Verdict.Delivered.INSTANCE.withoutRest()).isEqualTo(new Verdict.Delivered());
        assertThat(new Verdict.Retry(SECOND, true, SECOND).withoutRest())
                .isEqualTo(new Verdict.Retry(SECOND, false, Duration.ZERO));
        assertThat(new Verdict.NotYet(SECOND).withoutRest()).isEqualTo(new Verdict.NotYet(Duration.ZERO));
        assertThat(new Verdict.Dead("gone", true, true, SECOND).withoutRest())
                .isEqualTo(new Verdict.Dead("gone", true, false, Duration.ZERO));
    }

    @Test
    void aFailureIsOfThePartThatItsTimeWentTo() {
        Answer.Failure failure =
                new Answer.Failure(Kind.TIMEOUT, "no answer", SECOND, SentAgain.STALE, Split.of("d1c2f900"));
        assertThat(failure.failedIn()).isEqualTo(Split.Part.FIRST_BYTE);
        assertThat(new Answer.Failure(Kind.TIMEOUT, "no answer", SECOND).failedIn())
                .isNull();
        assertThat(failure.sentAgain().text()).isEqualTo("stale");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 0, 0", "0, -1, 0, 0", "0, 0, -1, 0", "0, 0, 0, -1"})
    void noGrantIsOfLessThanNothing(int immediate, int paced, long firstIn, long moreIn) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Grant(immediate, paced, Duration.ofSeconds(firstIn), Duration.ofSeconds(moreIn), 7))
                .withMessageContaining("expected: none below 0");
        assertThat(new Grant(2, 3, Duration.ZERO, Duration.ZERO, 7).tokens()).isEqualTo(5);
        assertThat(new Grant(0, 0, Duration.ZERO, Duration.ZERO, 7).tokens()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"3, -1", "3, 4"})
    void noMoreAreRefusedThanAreMade(int made, int refused) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tries(made, refused))
                .withMessage("refused: %d (expected: 0 to %d)", refused, made);
        assertThat(new Tries(made, made).failed()).isZero();
        assertThat(new Tries(made, 0).failed()).isEqualTo(made);
    }
}
