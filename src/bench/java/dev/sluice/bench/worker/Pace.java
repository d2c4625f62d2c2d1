package dev.sluice.bench.worker;

import java.time.Duration;

/** When requests are to be sent. All times are of one ticker, in nanoseconds. */
interface Pace {
    /** When the request is due; not before {@code now} if it was not due already. */
    long due(long index, long now);

    /** Whether the request and all after it are not to be sent any more. */
    boolean over(long index, long now);

    /** How many of those that were due have not been sent when only {@code sent} have. */
    long unsent(long sent);

    /** As fast as answers come: each connection sends when it is free. */
    static Pace closed(long start, Duration time) {
        return new Closed(start + time.toNanos());
    }

    /**
     * At a fixed rate, whether answers come or not. What could not be sent in time is sent late and its latency counted
     * from when it was due, so that a stall is seen by all that it delayed (no coordinated omission).
     */
    static Pace open(long start, Duration time, double perSecond) {
        return new Open(
                start, 1e9 / perSecond, Math.round(perSecond * time.toNanos() / 1e9), start + 2 * time.toNanos());
    }

    /** So many, as fast as answers come. */
    static Pace counted(long total) {
        return new Counted(total);
    }

    record Counted(long total) implements Pace {
        @Override
        public long due(long index, long now) {
            return now;
        }

        @Override
        public boolean over(long index, long now) {
            return index >= total;
        }

        @Override
        public long unsent(long sent) {
            return total - sent;
        }
    }

    record Closed(long end) implements Pace {
        @Override
        public long due(long index, long now) {
            return now;
        }

        @Override
        public boolean over(long index, long now) {
            return now - end >= 0;
        }

        @Override
        public long unsent(long sent) {
            return 0;
        }
    }

    /** Gives up after twice the time: what is left then is {@link #unsent}. */
    record Open(long start, double interval, long total, long giveUp) implements Pace {
        @Override
        public long due(long index, long now) {
            return start + Math.round(index * interval);
        }

        @Override
        public boolean over(long index, long now) {
            return index >= total || now - giveUp >= 0;
        }

        @Override
        public long unsent(long sent) {
            return total - sent;
        }
    }
}
