package dev.sluice.delivery.send.http.wear;

import java.time.Duration;
import java.util.Locale;

/**
 * When a connection to one server had better carry no more, as it shows. Confined to one event loop. Times
 * are monotonic nanoseconds.
 *
 * <p>What a server shows once may be chance, as when it is restarted. It counts when it shows the same twice in a row, and is
 * forgotten after ten minutes, so that a server which was set up anew is learned anew.
 */
public final class Habit {
    private static final long FORGOTTEN_AFTER = Duration.ofMinutes(10).toNanos();
    /** The margin below the age at which the server closes: a tenth, and up to a second where half of it is more. */
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** What is closed sooner was not idle: the server closes behind each answer. */
    private static final long LEAST_IDLE = Duration.ofMillis(50).toNanos();

    /** What is closed with others at the same moment is closed because the server ends, whatever its age. */
    private static final long TOGETHER = Duration.ofMillis(20).toNanos();

    private static final int MOST_HEADER = 256;
    private static final String TIMEOUT = "timeout=";

    private final long usualIdle;
    private final Seen idle = new Seen();
    private final Seen requests = new Seen();
    private long closedAt;

    /** @param usualIdle how long a connection may be idle where the server does not say or show less */
    Habit(long usualIdle, long now) {
        this.usualIdle = usualIdle;
        this.closedAt = now - TOGETHER;
    }

    /**
     * How long a connection may be idle as the {@code Keep-Alive} header of an answer on it says (RFC 2068 §19.7.1.1), less the
     * margin; {@link Long#MAX_VALUE}: it does not say.
     */
    static long announced(String keepAlive) {
        int at = keepAlive.length() > MOST_HEADER
                ? -1
                : keepAlive.toLowerCase(Locale.ROOT).indexOf(TIMEOUT);
        long seconds = at < 0 ? -1 : digits(keepAlive, at + TIMEOUT.length());
        return seconds < 0 ? Long.MAX_VALUE : below(Duration.ofSeconds(seconds).toNanos());
    }

    /** -1 if there are none, or too many. */
    private static long digits(String text, int from) {
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        return to == from || to - from > 9 ? -1 : Long.parseLong(text, from, to, 10);
    }

    /** The server closed a connection that was idle for so long. */
    void closedAfter(long nanos, long now) {
        boolean isOneOfMany = now - closedAt < TOGETHER;
        closedAt = now;
        if (nanos >= LEAST_IDLE && nanos < usualIdle && !isOneOfMany) {
            idle.add(nanos, now);
        }
    }

    /** The server took so many requests on a connection and left those that came after them undone. */
    void stoppedAfter(long taken, long now) {
        if (taken > 0) {
            requests.add(taken, now);
        }
    }

    /** How long a connection may be idle and then be used. */
    long mostIdle(long now) {
        return Math.min(usualIdle, below(idle.known(now)));
    }

    /** How many requests a connection may carry. */
    long mostRequests(long now) {
        return requests.known(now);
    }

    private static long below(long age) {
        return age == Long.MAX_VALUE ? age : age - Math.max(age / 10, Math.min(SECOND, age / 2));
    }

    /** A measure that counts when it is seen twice in a row. */
    private static final class Seen {
        private long last;
        private long known = Long.MAX_VALUE;
        private long knownSince;

        void add(long measure, long now) {
            boolean isAlike = last > 0 && Math.abs(measure - last) <= Math.max(measure, last) / 5;
            if (isAlike) {
                known = Math.min(measure, last);
                knownSince = now;
            }
            last = measure;
        }

        /** {@link Long#MAX_VALUE}: nothing. */
        long known(long now) {
            if (known != Long.MAX_VALUE && now - knownSince > FORGOTTEN_AFTER) {
                known = Long.MAX_VALUE;
                last = 0;
            }
            return known;
        }
    }
}
