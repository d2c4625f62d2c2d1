package dev.sluice.warmup;

import dev.sluice.bus.Home;
import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.function.LongSupplier;

/**
 * Producers that each send their next event when the one before is answered, and the endpoint of the webhook for them. As
 * many events as the processors carry: what is called often is compiled first. Confined to one event loop; any thread may end it.
 */
final class Load {
    static final String LOOPBACK = "127.0.0.1";

    private static final int PRODUCERS = 16;
    /** One event in so many has a key, and goes by the partitions that keep an order. */
    private static final int KEYED_EVERY = 8;

    private static final int ACCEPTED = 202;
    private static final int CREATED = 201;

    private static final String TYPE = "warm.up";
    private static final JsonObject EVENT =
            new JsonObject().put("type", TYPE).put("data", new JsonObject().put("text", "0123456789abcdef".repeat(60)));

    private final Vertx vertx;
    private final Home home;
    private final HttpClient client;
    private final Endpoint endpoint;
    private final String key;
    private final LongSupplier compiled;
    private final Buffer free = EVENT.toBuffer();
    private final Buffer keyed = EVENT.copy().put("partitionkey", "one").toBuffer();
    private final Promise<Void> ended = Promise.promise();

    // confined state
    private long sent;
    private long accepted;
    private boolean settled;

    /**
     * @param pod      where its API listens
     * @param key      to its API
     * @param compiled milliseconds that the compiler took until now
     */
    Load(Vertx vertx, URI pod, String key, LongSupplier compiled) {
        this.vertx = vertx;
        this.home = Home.here(vertx);
        this.key = key;
        this.compiled = compiled;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost(LOOPBACK).setDefaultPort(pod.getPort()),
                new PoolOptions().setHttp1MaxSize(PRODUCERS));
        this.endpoint = new Endpoint(vertx);
    }

    /** Completes at {@link #end}, or when the compiler has little left to do; fails if the pod does not answer. */
    Future<Outcome> run() {
        return home.ask(() -> endpoint.listen()
                .compose(this::subscribe)
                .compose(subscribed -> produceAll())
                .eventually(client::close)
                .map(done -> new Outcome(accepted, endpoint.delivered(), settled)));
    }

    private Future<Void> subscribe(String url) {
        JsonObject webhook = new JsonObject()
                .put("name", "warm-up")
                .put("url", url)
                .put("eventTypes", JsonArray.of(TYPE))
                .put("maxInFlight", PRODUCERS);
        return post("/v1/webhooks", webhook.toBuffer())
                .compose(status -> status == CREATED
                        ? Future.succeededFuture()
                        : Future.failedFuture(new IllegalStateException(
                                "its webhook: answered %d (expected: %d)".formatted(status, CREATED))));
    }

    private Future<Void> produceAll() {
        Settling settling = new Settling(compiled.getAsLong());
        Timers.Timer looks = new VertxTimers(vertx).every(Settling.LOOK, () -> look(settling));
        for (int i = 0; i < PRODUCERS; i++) {
            produce();
        }
        return ended.future().onComplete(end -> looks.cancel());
    }

    private void look(Settling settling) {
        boolean isAtWork = endpoint.delivered() > 0;
        if (isAtWork && settling.look(compiled.getAsLong())) {
            settled = true;
            ended.tryComplete();
        }
    }

    private void produce() {
        post("/v1/events", ++sent % KEYED_EVERY == 0 ? keyed : free)
                .onFailure(ended::tryFail)
                .onSuccess(status -> {
                    accepted += status == ACCEPTED ? 1 : 0;
                    if (!ended.future().isComplete()) {
                        produce();
                    }
                });
    }

    private Future<Integer> post(String path, Buffer json) {
        return client.request(HttpMethod.POST, path)
                .compose(request -> request.putHeader("authorization", "Bearer " + key)
                        .putHeader("content-type", "application/json")
                        .send(json))
                .compose(answer -> answer.body().map(read -> answer.statusCode()));
    }

    /** At once. Any thread. */
    void end() {
        home.run(ended::tryComplete);
    }
}
