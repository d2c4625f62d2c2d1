package dev.sluice.delivery.send.http.wear;

import dev.sluice.time.Jitter;
import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long the connections of one event loop's clients are kept. Confined to that loop. */
public final class Habits {
    /** Old enough, so that it follows where load balancers and names lead meanwhile; less by up to a fifth, by chance. */
    private static final Duration OLDEST = Duration.ofMinutes(5);

    private static final int MOST_SERVERS = 4096;

    private final long usualIdle;
    private final Ticker ticker;
    private final Jitter jitter;

    // confined state
    private final Map<String, Habit> byServer = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Habit> eldest) {
            return size() > MOST_SERVERS;
        }
    };

    /** @param idle how long a connection may be idle where the server does not say or show less */
    public Habits(Duration idle, Ticker ticker, Jitter jitter) {
        this.usualIdle = idle.toNanos();
        this.ticker = ticker;
        this.jitter = jitter;
    }

    public Ticker ticker() {
        return ticker;
    }

    /** Of a connection that was just made. */
    public Traffic begin() {
        long oldest = OLDEST.toNanos();
        return new Traffic(ticker, ticker.nanos() + oldest - (long) (oldest / 5.0 * jitter.next()));
    }

    /**
     * What is behind the addresses of one server is taken to be alike.
     *
     * @param server its host and port
     */
    public Habit of(String server) {
        return byServer.computeIfAbsent(server, first -> new Habit(usualIdle, ticker.nanos()));
    }
}
