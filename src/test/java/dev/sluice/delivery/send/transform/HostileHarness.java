package dev.sluice.delivery.send.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.config.TransformConfig;
import dev.sluice.time.Ticker;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Expressions that would take more than they may: each has to end, and to say why. */
abstract class HostileHarness {
    static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
    static final TransformConfig CONFIG = new TransformConfig(Duration.ofMillis(100), 100, 1 << 20);
    static final String SPENT =
            "not done within 100 ms \\(delivery.transform.timeout\\)|takes more than \\d+ MiB of memory|holds a value of more.*";
    static final String REFUSED = String.join(
            "|",
            SPENT,
            "(holds a value that is )?nested (too deeply|more than \\d+ deep.*)",
            "the result (is|holds) .*",
            "the result is longer than \\d+ bytes .*",
            "the expression cannot be read: .*",
            "at character \\d+: .*",
            "\\$[a-zA-Z0-9]+: .*",
            "holds a number of more .*",
            "\\$eval is not available here");

    static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** To enter a part is charged with 100. It is a step, and so is the weighing of what it gives; a list has a few more. */
    static final long NANOS_PER_STEP = 20;

    static final long MOST_ALLOCATED = 512L << 20;

    /** A slow machine takes longer for what is charged; what is not charged takes longer than that. */
    static final int SLOWEST = 100;

    /** A number whose digits nobody should write, and lists within lists. */
    static final String EVENT =
            """
            {"data":{"far":1e1000000000,"near":1e-1000000000,"digits":%s,"nested":%s}}
            """.formatted("9".repeat(900), "[".repeat(900) + "{\"a\":1},".repeat(5000) + "{\"a\":2}" + "]".repeat(900));

    static List<String> deep() {
        return List.of(
                "(".repeat(3000) + "1" + ")".repeat(3000),
                "[".repeat(3000) + "1" + "]".repeat(3000),
                "{'a':".repeat(2000) + "1" + "}".repeat(2000),
                "$not(".repeat(2000) + "1" + ")".repeat(2000),
                "-".repeat(10000) + "1",
                "1" + " ~> $string".repeat(1400),
                "data" + ".%".repeat(3000),
                "data" + ".*".repeat(3000),
                "data" + ".**".repeat(3000),
                "data" + "[1]".repeat(3000),
                "/*x*/".repeat(3000) + "1",
                "'" + "\\\\".repeat(7000) + "'",
                "$contains('a', /" + "(".repeat(3000) + "a" + ")".repeat(3000) + "/)",
                "$contains('a', /" + "(?:a?".repeat(500) + ")".repeat(500) + "/)",
                "$contains('a', /" + "a?".repeat(2000) + "a".repeat(2000) + "/)");
    }

    static void assertEnds(String expression) {
        if (ends(expression) instanceof Transformed.Failed failed) {
            assertThat(failed.detail()).matches(REFUSED);
        }
    }

    /** Within its steps, its memory and its time. */
    static Transformed ends(String expression) {
        long[] steps = {0};
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long worked = THREADS.getCurrentThreadCpuTime();
        Transformed outcome = apply(expression, () -> {
            steps[0]++;
            return 0;
        });
        worked = THREADS.getCurrentThreadCpuTime() - worked;
        allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        assertThat(steps[0]).as("steps").isLessThan(CONFIG.timeout().toNanos() / NANOS_PER_STEP);
        assertThat(allocated).as("bytes").isLessThan(MOST_ALLOCATED);
        assertThat(Duration.ofNanos(worked))
                .as("processor")
                .isLessThan(CONFIG.timeout().multipliedBy(SLOWEST));
        return outcome;
    }

    static Transformed apply(String text) {
        return apply(text, () -> 0);
    }

    static Transformed apply(String text, Ticker ticker) {
        try {
            return Expression.read(text, CONFIG, ticker, NOW).apply(EVENT.getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException | StackOverflowError unreadable) {
            return Expression.unreadable(unreadable);
        }
    }
}
