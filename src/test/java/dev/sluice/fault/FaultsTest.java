package dev.sluice.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultsTest {
    private final IllegalStateException fault = new IllegalStateException("WRONGTYPE");

    private final ManualTicker clock = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(clock);
    private final List<String> told = new ArrayList<>();
    private final Faults faults = new Faults(new FaultListener() {
        @Override
        public void failed(String what) {
            told.add("failed: " + what);
        }

        @Override
        public void unreadable(String kind) {
            told.add("unreadable: " + kind);
        }
    });

    private int attempts;

    @Test
    void triesAgainSoonAfterAnOutageAndSaysNothing() {
        Again again = faults.again("read", timers);
        failing(again, new RedisUnavailable("away"));
        timers.advance(Duration.ofSeconds(10));
        assertThat(attempts).isEqualTo(50);
        assertThat(told).isEmpty();
        assertThat(again.isFaulty()).isFalse();
    }

    @Test
    void triesAgainEverMoreRarelyAfterAFaultAndCountsEach() {
        Again again = faults.again("read", timers);
        failing(again, fault);
        timers.advance(Duration.ofMinutes(1));
        assertThat(attempts).isBetween(8, 12);
        assertThat(told).hasSize(attempts + 1).containsOnly("failed: read");
        assertThat(again.isFaulty()).isTrue();
        again.worked();
        assertThat(again.isFaulty()).isFalse();
    }

    @Test
    void beginsAnewWhenItWorkedBetween() {
        Again again = faults.again("read", timers);
        failing(again, fault);
        timers.advance(Duration.ofMinutes(1));
        again.worked();
        attempts = 0;
        again.later(fault, () -> attempts++);
        timers.advance(Again.SOON);
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void theFaultOfOneIsNotThatOfAnother() {
        AgainEach each = faults.each("write", timers);
        for (int i = 0; i < 8; i++) {
            each.failed("a", fault);
        }
        each.later("a", fault, () -> attempts++);
        each.later("b", fault, () -> attempts++);
        timers.advance(Again.SOON);
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void leavesOutWhatCannotBeReadAndCountsItOnce() {
        Unreadables records = faults.unreadable("key");
        for (int i = 0; i < 3; i++) {
            assertThat(records.<String>read("one", () -> {
                        throw fault;
                    }))
                    .isNull();
            assertThat(records.read("two", () -> "read")).isEqualTo("read");
        }
        assertThat(told).containsExactly("unreadable: key");
        assertThat(records.read("one", () -> "mended")).isEqualTo("mended");
        records.unreadable("one", fault);
        assertThat(told).hasSize(2);
    }

    @Test
    void showsNothingInALogThatCouldBeTakenForALine() {
        assertThat(Again.reason(new IllegalStateException("a\n2026 ERROR b\u001b[0m")))
                .isEqualTo("a 2026 ERROR b [0m");
        assertThat(Again.reason(new IllegalStateException("x".repeat(1000)))).hasSizeLessThan(310);
        assertThat(Again.reason(new NullPointerException())).isEqualTo("NullPointerException");
    }

    private void failing(Again again, RuntimeException cause) {
        again.later(cause, () -> {
            attempts++;
            failing(again, cause);
        });
    }
}
