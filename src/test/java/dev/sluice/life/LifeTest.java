package dev.sluice.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.ManualTicker;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LifeTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Epochs epochs = new Epochs(ticker);
    private final Life life = new Life("pod", epochs);

    private void beat(Roll.Called called) {
        life.beaten(life.self(), ticker.nanos(), called);
    }

    private void beat() {
        beat(new Roll.Called(Set.of(life.self().name()), Set.of()));
    }

    @Test
    void isOverBeforeAnybodyMayTakeItForDeadWhateverTheyHear() {
        Life.Self self = life.self();
        assertThat(life.goesOn(self)).isFalse();
        beat();
        ticker.advance(Life.PATIENCE.minusNanos(1));
        assertThat(life.goesOn(self)).isTrue();
        ticker.advance(Duration.ofNanos(1));
        assertThat(life.goesOn(self)).isFalse();
    }

    @Test
    void countsFromWhenABeatWasAskedForAndNotFromWhenItWasAnswered() {
        Life.Self self = life.self();
        long askedAt = ticker.nanos();
        ticker.advance(Duration.ofSeconds(2));
        life.beaten(self, askedAt, new Roll.Called(Set.of(self.name()), Set.of()));
        ticker.advance(Duration.ofSeconds(1));
        assertThat(life.goesOn(self)).isFalse();
    }

    @Test
    void beginsAnotherLifeUnderAnotherNameAfterItStoodStill() {
        Life.Self first = life.self();
        beat();
        ticker.advance(Duration.ofSeconds(6));
        beat();
        assertThat(life.self().name()).isNotEqualTo(first.name());
        assertThat(life.goesOn(life.self())).isFalse(); // the roll does not have it yet
        beat();
        assertThat(life.goesOn(life.self())).isTrue();
        assertThat(life.goesOn(first)).isFalse();
    }

    @Test
    void aPodIsDeadWhenNoneOfItsLivesGoesOn() {
        beat(new Roll.Called(Set.of("pod.1", "back.2"), Set.of("back.1", "gone.1", "gone.2")));
        assertThat(life.livesOver()).containsExactlyInAnyOrder("back.1", "gone.1", "gone.2");
        assertThat(life.deadPods()).containsExactly("gone");
    }

    @Test
    void neverTakesItselfForDead() {
        beat(new Roll.Called(Set.of(), Set.of("pod.1")));
        assertThat(life.livesOver()).isEmpty();
        assertThat(life.deadPods()).isEmpty();
    }
}
