package dev.sluice.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A webhook that may be shown by name. Guarded by its {@link TopWebhooks}, but for its counts, which any thread reads. */
final class Contender {
    /** What is counted, and what it is called outside. */
    private static final Map<String, String> SHOWN =
            Map.of(Sums.DELIVERED, "delivered", Sums.FAILED, "failed", Sums.REFUSED, "refused", Sums.DEAD, "dead");

    /** Of what was a minute ago: half of it is gone in seven minutes, and a single attempt forgotten in an hour. */
    private static final double KEPT = 0.9;

    private static final double LEAST = 0.001;

    private double score;
    private long fresh;
    /** Null while it is not shown. */
    private @Nullable Map<String, AtomicLong> counts;

    private long shownSince;

    void counted(Sums sums) {
        Map<String, AtomicLong> told = counts;
        SHOWN.forEach((name, label) -> {
            long count = sums.of(name);
            fresh += count;
            if (told != null) {
                Objects.requireNonNull(told.get(label)).addAndGet(count);
            }
        });
    }

    /** A minute went by. */
    void age() {
        score = score * KEPT + fresh;
        fresh = 0;
    }

    double score() {
        return score;
    }

    /** Hardly anything happened to it for an hour. */
    boolean isIdle() {
        return score < LEAST && fresh == 0;
    }

    boolean isShown() {
        return counts != null;
    }

    Map<String, LongSupplier> show(long now) {
        Map<String, AtomicLong> zeros = new LinkedHashMap<>();
        Map<String, LongSupplier> read = new LinkedHashMap<>();
        SHOWN.values().forEach(label -> {
            AtomicLong count = new AtomicLong();
            zeros.put(label, count);
            read.put(label, count::get);
        });
        counts = zeros;
        shownSince = now;
        return read;
    }

    void hide() {
        counts = null;
    }

    long shownFor(long now) {
        return now - shownSince;
    }
}
