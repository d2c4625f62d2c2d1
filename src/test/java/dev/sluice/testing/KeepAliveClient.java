package dev.sluice.testing;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Posts one event after the other on a connection that it keeps until it is told to close it or is refused; then it goes to
 * the next server, and ends when all of them have sent it away. Runs on a thread of its own.
 */
public final class KeepAliveClient implements AutoCloseable {
    private static final String JSON = "Content-Type: application/json\r\n";

    private final List<Integer> ports;
    private final Thread thread = new Thread(this::run, "keep-alive-client");
    private final AtomicInteger answers = new AtomicInteger();
    private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    private final List<String> cutOff = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;
    /** By so many servers, one after the other. */
    private int sentAway;

    /** @param ports of the servers; looked at before each connection, so others may take their places while this runs */
    public KeepAliveClient(List<Integer> ports) {
        this.ports = ports;
        thread.start();
    }

    private void run() {
        for (int turn = 0; !stopped && sentAway < ports.size(); turn++) {
            int port = ports.get(turn % ports.size());
            try (RawHttp http = new RawHttp(port)) {
                converse(http);
            } catch (UncheckedIOException away) {
                if (!(away.getCause() instanceof ConnectException)) {
                    cutOff.add("%d: %s".formatted(port, away.getCause()));
                }
            }
            sentAway++;
        }
    }

    /** Until it is told to close the connection. */
    private void converse(RawHttp http) {
        boolean isLast = false;
        while (!stopped && !isLast) {
            http.post("/v1/events", JSON, "{\"type\":\"a\"}");
            RawHttp.Response response = http.read();
            answers.incrementAndGet();
            statuses.add(response.status());
            isLast = "close".equals(response.header("connection"));
            if (!isLast) {
                sentAway = 0;
            }
        }
    }

    /** Blocks until so many answers came in all. */
    public KeepAliveClient awaitAnswers(int count) {
        await().until(() -> answers.get() >= count);
        return this;
    }

    public int answers() {
        return answers.get();
    }

    public Set<Integer> statuses() {
        return Set.copyOf(statuses);
    }

    /** Of each connection on which a request got no answer, the port and why. */
    public List<String> cutOff() {
        return List.copyOf(cutOff);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
