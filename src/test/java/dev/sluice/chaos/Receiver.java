package dev.sluice.chaos;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** An endpoint for several webhooks, told apart by their paths, that remembers what it took. */
final class Receiver {
    private final Vertx vertx;
    private final HttpServer server;
    private final Random chance;
    private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();

    // set by the test before the load
    volatile double refusedShare;
    volatile long delayMillis;

    /** Events that a webhook's endpoint never takes, by their number. */
    final Map<String, IntPredicate> hopeless = new ConcurrentHashMap<>();

    /** What came for one webhook: how often by event id, and the event ids of each of the producer's numbers. */
    static final class Inbox {
        final Map<String, Integer> taken = new ConcurrentHashMap<>();
        final Map<Integer, Set<String>> idsByNumber = new ConcurrentHashMap<>();

        /** The numbers of each key, in the order in which they came for the first time. */
        final Map<String, List<Integer>> numbersByKey = new ConcurrentHashMap<>();

        /** When each event was taken for the first time, in the receiver's nanoseconds. */
        final Map<String, Long> takenAt = new ConcurrentHashMap<>();

        /** The numbers of each key as they came, whatever was answered. */
        final Map<String, List<Integer>> arrivedByKey = new ConcurrentHashMap<>();

        /** Of each request, in the receiver's nanoseconds. */
        final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();

        int repeated() {
            return taken.values().stream().mapToInt(times -> times - 1).sum();
        }
    }

    Receiver(Vertx vertx, Random chance) {
        this.vertx = vertx;
        this.chance = chance;
        this.server = vertx.createHttpServer().requestHandler(this::handle);
    }

    Future<HttpServer> listen() {
        return server.listen(0, "127.0.0.1");
    }

    String url(String webhook) {
        return "http://127.0.0.1:" + server.actualPort() + "/" + webhook;
    }

    int port() {
        return server.actualPort();
    }

    Collection<Inbox> inboxes() {
        return inboxes.values();
    }

    Inbox inbox(String webhook) {
        return inboxes.computeIfAbsent("/" + webhook, path -> new Inbox());
    }

    /** Requests that came and are not answered yet. */
    int underWay() {
        return underWay.get();
    }

    private void handle(HttpServerRequest request) {
        underWay.incrementAndGet();
        inboxes.computeIfAbsent(request.path(), path -> new Inbox()).arrivals.add(System.nanoTime());
        request.bodyHandler(body -> {
            JsonObject event = body.toJsonObject();
            note(request.path(), event.getJsonObject("data"));
            if (delayMillis == 0) {
                answer(request, event);
            } else {
                vertx.setTimer(delayMillis, late -> answer(request, event));
            }
        });
        request.exceptionHandler(gone -> underWay.decrementAndGet());
    }

    private void note(String path, JsonObject data) {
        if (data.containsKey("key")) {
            inboxes.get(path)
                    .arrivedByKey
                    .computeIfAbsent(data.getString("key"), first -> new CopyOnWriteArrayList<>())
                    .add(data.getInteger("number"));
        }
    }

    private void answer(HttpServerRequest request, JsonObject body) {
        underWay.decrementAndGet();
        if (request.response().closed()) {
            return; // whoever sent it is dead: it is not taken before it comes again
        }
        JsonObject data = body.getJsonObject("data");
        int number = data.getInteger("number");
        boolean isHopeless =
                hopeless.getOrDefault(request.path().substring(1), any -> false).test(number);
        if (isHopeless || chance.nextDouble() < refusedShare) {
            request.response().setStatusCode(500).end();
            return;
        }
        String id = request.getHeader("webhook-id");
        Inbox inbox = inboxes.computeIfAbsent(request.path(), path -> new Inbox());
        inbox.takenAt.putIfAbsent(id, System.nanoTime());
        inbox.idsByNumber
                .computeIfAbsent(number, first -> ConcurrentHashMap.newKeySet())
                .add(id);
        if (inbox.taken.merge(id, 1, Integer::sum) == 1 && data.containsKey("key")) {
            inbox.numbersByKey
                    .computeIfAbsent(data.getString("key"), first -> new CopyOnWriteArrayList<>())
                    .add(number);
        }
        request.response().setStatusCode(204).end();
    }
}
