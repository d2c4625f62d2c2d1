package dev.sluice.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.config.CircuitConfig;
import dev.sluice.delivery.policy.Circuit.State;
import dev.sluice.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private static final CircuitConfig CONFIG =
            new CircuitConfig(Duration.ofSeconds(30), 10, 0.5, Duration.ofSeconds(10), Duration.ofSeconds(60));

    private final ManualTicker ticker = new ManualTicker();
    private final List<String> changes = new ArrayList<>();
    private final Circuit circuit =
            new Circuit(CONFIG, 16, (from, to, reason) -> changes.add(from + ">" + to + ": " + reason));

    @Test
    void learnsNothingFromAnAttemptThatAskedNobody() {
        for (int i = 0; i < 100; i++) {
            circuit.started(now());
            circuit.ended(Health.UNKNOWN, now());
        }
        assertThat(circuit.state()).isEqualTo(Circuit.State.CLOSED);
        fail(20);
        assertThat(circuit.state()).isEqualTo(Circuit.State.OPEN);
        ticker.advance(Duration.ofMinutes(5));
        for (int i = 0; i < 100; i++) {
            circuit.started(now());
            circuit.ended(Health.UNKNOWN, now());
        }
        assertThat(circuit.state()).isEqualTo(Circuit.State.HALF_OPEN);
        assertThat(circuit.permits(now())).isTrue();
    }

    @Test
    void staysClosedBelowTheMinimumOfCalls() {
        fail(9);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        assertThat(circuit.allowance(now())).isEqualTo(16);
    }

    @Test
    void opensAtTheFailureShare() {
        succeed(20);
        fail(19);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        fail(1);
        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(circuit.permits(now())).isFalse();
        assertThat(changes).containsExactly("CLOSED>OPEN: 20 of the last 40 attempts failed");
    }

    @Test
    void opensAfterTheLeastOfCallsWhereNoneWentWell() {
        fail(9);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        fail(1);
        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void staysClosedForAnEndpointOfWhichHalfIsWell() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            ticker.advance(Duration.ofMillis(10));
            if (random.nextBoolean()) {
                succeed(1);
            } else {
                fail(1);
            }
        }
        assertThat(changes).isEmpty();
    }

    @Test
    void closesForAnEndpointThatComesBackWithHalfOfItWell() {
        int probes = 0;
        for (int seed = 0; seed < 100; seed++) {
            probes += probesUntilClosed(new SplittableRandom(seed));
        }
        assertThat(probes / 100.0).isLessThan(5);
    }

    private static int probesUntilClosed(SplittableRandom random) {
        ManualTicker ticker = new ManualTicker();
        Circuit returning = new Circuit(CONFIG, 16, CircuitListener.NONE);
        for (int i = 0; i < 10; i++) {
            returning.started(ticker.nanos());
            returning.ended(Health.UNWELL, ticker.nanos());
        }
        int probes = 0;
        while (returning.state() != State.CLOSED) {
            if (returning.state() == State.OPEN) {
                probes++;
                ticker.advance(Duration.ofMinutes(1));
            }
            returning.started(ticker.nanos());
            returning.ended(random.nextBoolean() ? Health.WELL : Health.UNWELL, ticker.nanos());
        }
        return probes;
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        fail(9);
        ticker.advance(Duration.ofSeconds(31));
        succeed(5);
        fail(4);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void forgetsByTenthsOfTheWindow() {
        fail(5);
        ticker.advance(Duration.ofSeconds(15));
        fail(4);
        ticker.advance(Duration.ofSeconds(18));
        fail(5);
        assertThat(circuit.state())
                .as("nine calls: the first five are forgotten")
                .isEqualTo(State.CLOSED);
        fail(1);
        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void probesOnceWhenTheCoolDownEnds() {
        open();
        ticker.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(circuit.permits(now())).isFalse();
        assertThat(circuit.probeAt() - now()).isOne();
        ticker.advance(Duration.ofNanos(1));
        assertThat(circuit.permits(now())).isTrue();
        circuit.started(now());
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
        assertThat(circuit.permits(now())).isFalse();
    }

    @Test
    void opensForTwiceAsLongAfterEachFailedProbeUpToTheMost() {
        open();
        for (int seconds : new int[] {20, 40, 60, 60}) {
            failProbe();
            assertThat(circuit.state()).isEqualTo(State.OPEN);
            assertThat(circuit.probeAt() - now())
                    .isEqualTo(Duration.ofSeconds(seconds).toNanos());
        }
        assertThat(changes).endsWith("OPEN>HALF_OPEN: probe", "HALF_OPEN>OPEN: the probe failed");
    }

    @Test
    void closesStepByStepUntilItCoversTheLane() {
        open();
        awaitProbe();
        for (int step : new int[] {1, 2, 4, 8}) {
            assertThat(circuit.allowance(now())).isEqualTo(step);
            succeed(step);
        }
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        assertThat(circuit.allowance(now())).isEqualTo(16);
        assertThat(changes).endsWith("HALF_OPEN>CLOSED: the endpoint answers again");
    }

    @Test
    void closesAfterTheProbeWhereTheLaneHasOneAttemptAtATime() {
        Circuit narrow = new Circuit(CONFIG, 1, CircuitListener.NONE);
        for (int i = 0; i < 10; i++) {
            narrow.started(now());
            narrow.ended(Health.UNWELL, now());
        }
        ticker.advance(Duration.ofSeconds(10));
        narrow.started(now());
        narrow.ended(Health.WELL, now());
        assertThat(narrow.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void startsFromNothingAfterItClosed() {
        open();
        awaitProbe();
        succeed(15);
        fail(9);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        fail(1);
        assertThat(circuit.probeAt() - now()).isEqualTo(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void bearsFewFailuresInAStepAndOpensAgainAtTheShare() {
        open();
        awaitProbe();
        succeed(3);
        fail(1);
        succeed(3);
        assertThat(circuit.allowance(now())).as("3 of 4 went well").isEqualTo(8);
        fail(3);
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
        fail(1);
        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(circuit.probeAt() - now()).isEqualTo(Duration.ofSeconds(20).toNanos());
    }

    @Test
    void waitsForOlderAttemptsBeforeTheProbeAndIgnoresWhatTheyBring() {
        for (int i = 0; i < 12; i++) {
            circuit.started(now());
        }
        for (int i = 0; i < 10; i++) {
            circuit.ended(Health.UNWELL, now());
        }
        assertThat(circuit.state()).isEqualTo(State.OPEN);
        ticker.advance(Duration.ofSeconds(10));
        assertThat(circuit.permits(now())).isFalse();
        circuit.ended(Health.WELL, now());
        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(circuit.permits(now())).isFalse();
        circuit.ended(Health.UNWELL, now());
        assertThat(circuit.permits(now())).isTrue();
    }

    @Test
    void refusesALaneWithoutAttempts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Circuit(CONFIG, 0, CircuitListener.NONE))
                .withMessage("limit: 0 (expected: > 0)");
    }

    @Test
    void neverHasMoreUnderWayThanItAllowsAndAlwaysRecovers() {
        SplittableRandom random = new SplittableRandom(503);
        int underWay = 0;
        for (int i = 0; i < 50_000; i++) {
            boolean down = i / 1000 % 2 == 1;
            ticker.advance(Duration.ofMillis(random.nextInt(200)));
            if (circuit.permits(now()) && random.nextInt(3) > 0) {
                assertThat(underWay).isLessThan(circuit.allowance(now()));
                circuit.started(now());
                underWay++;
            } else if (underWay > 0) {
                underWay--;
                if (down) {
                    circuit.ended(Health.UNWELL, now());
                } else {
                    circuit.ended(Health.WELL, now());
                }
            }
            boolean endOfAGoodTime = i % 2000 == 999;
            if (endOfAGoodTime) {
                assertThat(circuit.state()).isEqualTo(State.CLOSED);
            }
            if (i % 2000 == 1999) {
                assertThat(circuit.state()).isNotEqualTo(State.CLOSED);
            }
        }
    }

    private void open() {
        fail(10);
        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    private void awaitProbe() {
        ticker.advance(Duration.ofNanos(circuit.probeAt() - now()));
    }

    private void failProbe() {
        awaitProbe();
        fail(1);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.started(now());
            circuit.ended(Health.UNWELL, now());
        }
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            circuit.started(now());
            circuit.ended(Health.WELL, now());
        }
    }

    private long now() {
        return ticker.nanos();
    }

    /** A third of them failed, all of the last ones: that is not the share. */
    @Test
    void staysClosedBelowTheShareHoweverManyFailInARow() {
        succeed(60);
        fail(30);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }
}
