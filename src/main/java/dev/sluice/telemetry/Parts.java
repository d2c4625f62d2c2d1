package dev.sluice.telemetry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What Redis told last of each part of something, as one number. Any thread.
 *
 * <p>Until it told anything that is not a number: 0 would say that nothing waits. While it is away, what it told last stays,
 * since what waits goes on to wait, and an alert for it neither ends nor begins by that.
 */
final class Parts<T> {
    private final Map<String, T> latest = new ConcurrentHashMap<>();

    void tell(String part, T value) {
        latest.put(part, value);
    }

    double sum(ToDoubleFunction<T> of) {
        return latest.isEmpty() ? Double.NaN : each(of).sum();
    }

    double max(ToDoubleFunction<T> of) {
        return each(of).max().orElse(Double.NaN);
    }

    private DoubleStream each(ToDoubleFunction<T> of) {
        return latest.values().stream().mapToDouble(of);
    }
}
