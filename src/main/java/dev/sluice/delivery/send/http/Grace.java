package dev.sluice.delivery.send.http;

import dev.sluice.time.Timers;
import dev.sluice.time.Wheel;
import java.time.Duration;

/**
 * How long the body of an answer is waited for once its head came. Confined to the loop of its wheel.
 *
 * @param time from the head, or from the end of the request where that is later
 */
public record Grace(Wheel wheel, Duration time) {
    /** Of endpoints: what they say besides the status is for the log alone. */
    private static final Duration FOR_THE_LOG = Duration.ofSeconds(1);
    /** Longer than any deadline, which then ends it. */
    private static final Duration WHOLE = Duration.ofHours(1);

    public static Grace forTheLog(Wheel wheel) {
        return new Grace(wheel, FOR_THE_LOG);
    }

    /** Where the body is what was asked for. */
    public static Grace whole(Wheel wheel) {
        return new Grace(wheel, WHOLE);
    }

    Timers.Timer after(Runnable action) {
        return wheel.after(time.toNanos(), action);
    }
}
