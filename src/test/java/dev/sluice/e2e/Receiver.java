package dev.sluice.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An endpoint made of nothing that Sluice is made of: the JDK's own HTTP server. Records what comes, byte for byte. */
final class Receiver implements AutoCloseable, AfterEachCallback {
    private static final int PATIENCE_SECONDS = 60;

    /** @param headers by name, in any case */
    record Received(String path, Map<String, List<String>> headers, byte[] body) {
        /** The only value of it; null if it is absent. */
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .reduce((one, other) -> {
                        throw new AssertionError(name + " came twice");
                    })
                    .orElse(null);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> all = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();
    private final Map<String, Integer> retryAfter = new ConcurrentHashMap<>();
    private volatile Function<Received, Integer> script = request -> 204;

    Receiver() {
        this(0);
    }

    private Receiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Received received =
                    new Received(exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), body);
            int status = script.apply(received);
            all.add(received);
            queue.add(received);
            if (status == 503 && retryAfter.containsKey(received.path())) {
                exchange.getResponseHeaders().set("Retry-After", String.valueOf(retryAfter.get(received.path())));
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    String url() {
        return url("/");
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void answers(int status) {
        script = request -> status;
    }

    /** Runs on a thread of its own for each request. */
    void answersBy(Function<Received, Integer> statuses) {
        script = statuses;
    }

    /** With each 503 on this path. */
    void asksToWait(String path, int seconds) {
        retryAfter.put(path, seconds);
    }

    /** The next one that was not taken yet; waits for it. */
    Received take() {
        try {
            Received next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came in %d s".formatted(PATIENCE_SECONDS));
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Everything that came so far, taken or not. */
    List<Received> all() {
        return List.copyOf(all);
    }

    /** A new one in the place of this one, after it was closed. */
    Receiver successor() {
        return new Receiver(server.getAddress().getPort());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
