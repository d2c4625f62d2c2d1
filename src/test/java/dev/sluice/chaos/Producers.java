package dev.sluice.chaos;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Producers that post numbered events to any pod, and go on to another one until an event is accepted. Every other event
 * has an id of its own, by which Sluice must know it again; or each has, and the key of its producer, which posts its next
 * one when the one before is accepted.
 */
final class Producers {
    /** How many there usually are, and how long each rests; 64 that do not rest are the load of the benchmark. */
    static final int USUAL = Integer.getInteger("sluice.chaos.producers", 8);

    private static final long REST_MILLIS = Long.getLong("sluice.chaos.rest", 5);
    private static final long PAUSE_MILLIS = 20;
    private static final int MOST_CONNECTIONS = 256;

    private final Vertx vertx;
    private final Context context;
    private final HttpClient client;
    private final Supplier<List<String>> pods;
    private final Random chance;
    private final boolean keyed;

    // read by other threads
    final Map<Integer, String> accepted = new ConcurrentHashMap<>();
    final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    /** When each event was accepted, in monotonic nanoseconds. */
    final Map<Integer, Long> acceptedAt = new ConcurrentHashMap<>();
    /** Which producer's each event is. */
    final Map<Integer, Integer> producerOf = new ConcurrentHashMap<>();

    final AtomicInteger unavailableWithoutRetryAfter = new AtomicInteger();

    /** Requests that were not answered 202, or not at all. */
    final AtomicInteger refused = new AtomicInteger();

    /** Producers that have nothing under way, since too much is. */
    final AtomicInteger resting = new AtomicInteger();

    /** Set before the start; nothing new is posted while it says so. */
    BooleanSupplier isFarAhead = () -> false;

    // confined to the context
    private final Promise<Void> ended = Promise.promise();
    private int next;
    private int working;
    private boolean stopping;

    /** @param pods the URLs of those that can be tried now */
    Producers(Vertx vertx, Supplier<List<String>> pods, Random chance, boolean keyed) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.pods = pods;
        this.chance = chance;
        this.keyed = keyed;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(1000)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setIdleTimeout(8),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    }

    boolean hasId(int number) {
        return keyed || number % 2 == 0;
    }

    void start(int producers) {
        context.runOnContext(go -> {
            working = producers;
            for (int i = 0; i < producers; i++) {
                proceed(i);
            }
        });
    }

    /** Each producer ends with the event that it is at, accepted or not. */
    Future<Void> stop() {
        context.runOnContext(go -> stopping = true);
        return ended.future();
    }

    private void proceed(int producer) {
        if (stopping) {
            working--;
            if (working == 0) {
                ended.complete();
            }
            return;
        }
        if (isFarAhead.getAsBoolean()) {
            resting.incrementAndGet();
            vertx.setTimer(PAUSE_MILLIS, rested -> {
                resting.decrementAndGet();
                proceed(producer);
            });
        } else {
            post(producer, next++);
        }
    }

    private void post(int producer, int number) {
        List<String> open = pods.get();
        if (open.isEmpty()) {
            again(producer, number);
            return;
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(open.get(chance.nextInt(open.size())) + "/v1/events")
                .putHeader("content-type", "application/json");
        client.request(options)
                .compose(request -> request.send(event(producer, number)))
                .compose(response -> {
                    note(response.statusCode(), response.getHeader("retry-after"));
                    return response.body().map(body -> response.statusCode() == 202 ? body : Buffer.buffer());
                })
                .onSuccess(body -> answered(producer, number, body))
                .onFailure(cause -> {
                    refused.incrementAndGet();
                    again(producer, number);
                });
    }

    private void note(int status, String retryAfter) {
        answers.merge(status, 1, Integer::sum);
        if (status != 202) {
            refused.incrementAndGet();
        }
        if (status == 503 && retryAfter == null) {
            unavailableWithoutRetryAfter.incrementAndGet();
        }
    }

    private void answered(int producer, int number, Buffer receipt) {
        if (receipt.length() == 0) {
            again(producer, number);
            return;
        }
        producerOf.put(number, producer);
        acceptedAt.put(number, System.nanoTime());
        accepted.put(number, receipt.toJsonObject().getString("id"));
        if (REST_MILLIS > 0) {
            vertx.setTimer(REST_MILLIS, rested -> proceed(producer));
        } else {
            proceed(producer);
        }
    }

    private void again(int producer, int number) {
        vertx.setTimer(PAUSE_MILLIS, rested -> {
            if (stopping) {
                proceed(producer);
            } else {
                post(producer, number);
            }
        });
    }

    private Buffer event(int producer, int number) {
        JsonObject data = new JsonObject().put("number", number);
        JsonObject event = new JsonObject().put("type", "order.made").put("data", data);
        if (keyed) {
            String key = "customer-" + producer;
            event.put("partitionkey", key);
            data.put("key", key);
        }
        if (hasId(number)) {
            event.put("id", "order-" + number).put("source", "/shop");
        }
        return event.toBuffer();
    }
}
