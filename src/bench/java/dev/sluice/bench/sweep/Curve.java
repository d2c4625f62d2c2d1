package dev.sluice.bench.sweep;

import dev.sluice.bench.lab.Party;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.trial.Spread;
import java.util.List;

/**
 * How the cost of a whole grows with its size: {@code cost ~ size ^ exponent}, fitted over the logarithms. 1 is in
 * proportion, so that a part costs the same however large the whole is.
 *
 * @param axis what grows
 * @param isPerPart whether a delivery is one part of the whole, not the whole: then its cost is taken times the size
 * @param points by size
 */
public record Curve(String axis, boolean isPerPart, List<Point> points) {
    /** What was measured at one size, one sample for each round. */
    public record Point(long size, List<Sample> samples) {
        /** CPU microseconds a delivery, the median of the rounds. */
        public double cpuMicros(Party party) {
            return Spread.of(samples.stream()
                            .map(sample -> sample.cpuMicros(party))
                            .toList())
                    .median();
        }
    }

    public double gatewayExponent() {
        return exponent(Party.SUBJECT);
    }

    public double redisExponent() {
        return exponent(Party.REDIS);
    }

    /** The slope of the least-squares line through log size and log cost. */
    private double exponent(Party party) {
        double[] x = points.stream()
                .mapToDouble(point -> Math.log((double) point.size()))
                .toArray();
        double[] y = points.stream()
                .mapToDouble(point -> Math.log(point.cpuMicros(party) * (isPerPart ? point.size() : 1)))
                .toArray();
        double meanX = mean(x);
        double meanY = mean(y);
        double both = 0;
        double square = 0;
        for (int i = 0; i < x.length; i++) {
            both += (x[i] - meanX) * (y[i] - meanY);
            square += (x[i] - meanX) * (x[i] - meanX);
        }
        return both / square;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
