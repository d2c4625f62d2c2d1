package dev.sluice.bench.sweep;

import dev.sluice.bench.lab.Workload;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * What grows from point to point.
 *
 * @param name for people, and in {@code bench.only}
 * @param isPerPart as of {@link Curve}
 * @param largest the size of the last point; the others are a tenth, a hundredth and a thousandth of it
 * @param prepare makes what a size needs, and answers the load to measure; sizes come in rising order
 */
record Axis(String name, boolean isPerPart, long largest, LongFunction<Workload> prepare) {
    private static final long[] PARTS = {1_000, 100, 10, 1};

    /** Three decades, as far as they are whole. */
    List<Long> sizes() {
        return LongStream.of(PARTS)
                .filter(part -> largest >= part)
                .map(part -> largest / part)
                .boxed()
                .toList();
    }
}
