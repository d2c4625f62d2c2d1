package dev.sluice.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A receiver of OTLP over HTTP, which reads protobuf by the numbers of its specification. */
public final class TraceReceiver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * One span.
     *
     * @param parent empty for none
     * @param said   the attributes
     * @param of     those of the resource
     */
    public record Seen(
            String trace,
            String id,
            String parent,
            String name,
            long kind,
            long start,
            long end,
            String state,
            boolean failed,
            Map<String, Object> said,
            Map<String, Object> of) {}

    /** One request. */
    public record Asked(String path, Map<String, List<String>> headers, byte[] body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Seen> spans = new CopyOnWriteArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    public TraceReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
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
            asked.add(new Asked(exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), body));
            int answer = status;
            if (answer == 200) {
                spans.addAll(spans(body));
            }
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    /** Of an {@code ExportTraceServiceRequest}. */
    public static List<Seen> spans(byte[] body) {
        return new ProtoReader(body)
                .messages(1).stream().flatMap(TraceReceiver::ofResource).toList();
    }

    private static Stream<Seen> ofResource(ProtoReader resource) {
        Map<String, Object> of = attributes(resource.message(1), 1);
        return resource.messages(2).stream()
                .flatMap(scope -> scope.messages(2).stream())
                .map(span -> seen(span, of));
    }

    private static Seen seen(ProtoReader span, Map<String, Object> of) {
        return new Seen(
                span.hex(1),
                span.hex(2),
                span.hex(4),
                span.text(5),
                span.number(6),
                span.number(7),
                span.number(8),
                span.text(3),
                span.has(15) && span.message(15).number(3) == 2,
                attributes(span, 9),
                of);
    }

    private static Map<String, Object> attributes(ProtoReader message, int field) {
        Map<String, Object> read = new HashMap<>();
        for (ProtoReader attribute : message.messages(field)) {
            ProtoReader value = attribute.message(2);
            read.put(attribute.text(1), value.has(3) ? (Object) value.number(3) : value.text(1));
        }
        return read;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void answers(int now) {
        status = now;
    }

    public List<Seen> spans() {
        return List.copyOf(spans);
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The first that is so; waits for it. */
    public Seen await(Predicate<Seen> wanted) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> spans.stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** The one of this name in that trace. */
    public Seen await(String trace, String name) {
        return await(span -> span.trace().equals(trace) && span.name().equals(name));
    }

    /** All bodies that came, as far as they are text. */
    public String everything() {
        StringBuilder all = new StringBuilder();
        asked.forEach(request -> all.append(new String(request.body(), StandardCharsets.ISO_8859_1)));
        return all.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
