package dev.sluice.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EpochsTest {
    private static final Duration TERM = Duration.ofSeconds(15);

    private final ManualTicker ticker = new ManualTicker();
    private final Epochs epochs = new Epochs(ticker);

    private long inTerm() {
        return ticker.nanos() + TERM.toNanos();
    }

    private long begun() {
        long epoch = epochs.next();
        epochs.begin(epoch, inTerm());
        return epoch;
    }

    @Test
    void givesEveryEpochANumberOfItsOwn() {
        assertThat(epochs.next()).isNotEqualTo(epochs.next()).isNotEqualTo(Epochs.NONE);
    }

    @Test
    void holdsAnEpochFromItsBeginningToItsEnd() {
        long epoch = epochs.next();
        assertThat(epochs.owns(epoch)).isFalse();
        epochs.begin(epoch, inTerm());
        assertThat(epochs.owns(epoch)).isTrue();
        epochs.end(epoch);
        assertThat(epochs.owns(epoch)).isFalse();
    }

    @Test
    void holdsNothingThatWasNotExtendedInTime() {
        long epoch = begun();
        ticker.advance(TERM.minusNanos(1));
        assertThat(epochs.owns(epoch)).isTrue();
        ticker.advance(Duration.ofNanos(1));
        assertThat(epochs.owns(epoch)).isFalse();
    }

    @Test
    void holdsWhatIsExtendedAgainAndAgain() {
        long epoch = begun();
        for (int i = 0; i < 10; i++) {
            ticker.advance(TERM.dividedBy(2));
            assertThat(epochs.extend(epoch, inTerm())).isTrue();
        }
        assertThat(epochs.owns(epoch)).isTrue();
    }

    /** A lane may have dropped a delivery on being told so; an answer that comes late must not bring it back. */
    @Test
    void neverHoldsAgainWhatHasEnded() {
        long seen = begun();
        long unseen = begun();
        ticker.advance(TERM);
        assertThat(epochs.owns(seen)).isFalse();
        assertThat(epochs.extend(seen, inTerm())).isFalse();
        assertThat(epochs.extend(unseen, inTerm())).isFalse();
        assertThat(epochs.owns(seen)).isFalse();
        assertThat(epochs.owns(unseen)).isFalse();
    }
}
