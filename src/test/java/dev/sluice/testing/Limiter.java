package dev.sluice.testing;

import dev.sluice.delivery.policy.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** A receiver's limit of requests, on manual time. One thread. */
public final class Limiter {
    private final ManualTicker clock;
    private final Duration latency;
    private final int status;
    private final DoubleSupplier retryAfter;
    private boolean isDated;
    private Kind kind;
    private int taken;
    private int refused;
    private @Nullable Duration last;

    private interface Kind {
        boolean takes(Duration now);
    }

    /** @param retryAfter seconds; below 0: it says nothing */
    public Limiter(ManualTicker clock, Duration latency, int status, double retryAfter) {
        this.clock = clock;
        this.latency = latency;
        this.status = status;
        this.retryAfter = () -> retryAfter;
        this.kind = now -> true;
    }

    private Limiter(ManualTicker clock, Duration latency, DoubleSupplier retryAfter) {
        this.clock = clock;
        this.latency = latency;
        this.status = 429;
        this.retryAfter = retryAfter;
        this.kind = now -> true;
    }

    /** A count that begins anew with each period; says how long it lasts. */
    public static Limiter windows(ManualTicker clock, Duration latency, int limit, Duration period) {
        Limiter limiter = new Limiter(
                clock, latency, () -> period.toSeconds() - clock.passed().toSeconds() % period.toSeconds());
        return limiter.window(limit, period);
    }

    public Limiter window(int limit, Duration period) {
        long[] window = {-1, 0};
        kind = now -> {
            long number = now.toNanos() / period.toNanos();
            if (number != window[0]) {
                window[0] = number;
                window[1] = 0;
            }
            return window[1] < limit && ++window[1] > 0;
        };
        return this;
    }

    /** As nginx's {@code limit_req}: what comes too soon after the others, and does not fit into the burst, is refused. */
    public Limiter bucket(double perSecond, double burst) {
        double[] excess = {0, 0};
        kind = now -> {
            double at = now.toNanos() / 1e9;
            double next = Math.max(0, excess[0] - (at - excess[1]) * perSecond);
            if (next > burst) {
                return false;
            }
            excess[0] = next + 1;
            excess[1] = at;
            return true;
        };
        return this;
    }

    /** Refuses all within the first so many of each so many seconds. */
    public Limiter away(int seconds, int each) {
        kind = now -> now.toSeconds() % each >= seconds;
        return this;
    }

    /** Says {@code Retry-After} as a date from now on. */
    public Limiter dated() {
        isDated = true;
        return this;
    }

    private String date(double seconds) {
        Instant until =
                clock.instant().plusMillis((long) (seconds * 1000) + 999).truncatedTo(ChronoUnit.SECONDS);
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC));
    }

    public Answer answer() {
        if (kind.takes(clock.passed())) {
            taken++;
            last = clock.passed();
            return new Answer.Status(200, null, null, "", latency);
        }
        refused++;
        double seconds = retryAfter.getAsDouble();
        String header = seconds < 0 ? null : isDated ? date(seconds) : String.valueOf((long) seconds);
        return new Answer.Status(status, header, null, "", latency);
    }

    public int taken() {
        return taken;
    }

    public int refused() {
        return refused;
    }

    public double share() {
        return (double) refused / (taken + refused);
    }

    /** When it took one last. */
    public Duration last() {
        return last == null ? Duration.ZERO : last;
    }
}
