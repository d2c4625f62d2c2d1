package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Producers, pods and a receiver, and what is said of them. For the thread of the test. */
final class Scenario implements AutoCloseable {
    /** Only against what never ends: a busy machine may be slow. */
    static final Duration CATCHING_UP = Duration.ofMinutes(4);

    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    /** Kept: a client that nobody refers to is closed by the collector, with what it has under way. */
    final HttpClient client = vertx.createHttpClient();

    final Random chance;
    final Receiver receiver;
    final Producers producers;
    final List<GatewayProcess> pods = new CopyOnWriteArrayList<>();
    private final Gateways gateways;
    final Map<String, String> settings;
    private int kills;

    /** @param keyed each producer's events have a key and keep its order */
    Scenario(Gateways gateways, Map<String, String> settings, long seed, boolean keyed) {
        this.gateways = gateways;
        this.settings = settings;
        this.chance = new Random(seed);
        this.receiver = new Receiver(vertx, new Random(seed + 1));
        this.producers = new Producers(vertx, this::urls, new Random(seed + 2), keyed);
        get(receiver.listen());
    }

    private List<String> urls() {
        return pods.stream().flatMap(pod -> pod.reachable().stream()).toList();
    }

    /** Started side by side; returns when all are ready. */
    void startPods(int count) {
        for (int i = 0; i < count; i++) {
            pods.add(gateways.launch(settings));
        }
        pods.forEach(GatewayProcess::awaitReady);
    }

    /** For all events; answers its id. */
    String createWebhook(String name) {
        return createWebhook(name, new JsonObject());
    }

    String createWebhook(String name, JsonObject settings) {
        JsonObject webhook = new JsonObject()
                .put("name", name)
                .put("url", receiver.url(name))
                .put("maxInFlight", 64)
                .mergeIn(settings);
        return call(HttpMethod.POST, pods.get(0).url() + "/v1/webhooks", webhook)
                .getString("id");
    }

    JsonObject call(HttpMethod method, String url, JsonObject body) {
        String type = method.equals(HttpMethod.PATCH) ? "application/merge-patch+json" : "application/json";
        RequestOptions options =
                new RequestOptions().setMethod(method).setAbsoluteURI(url).putHeader("content-type", type);
        return get(client.request(options)
                .compose(request -> request.send(body.toBuffer()))
                .compose(response -> response.body().map(answer -> {
                    assertThat(response.statusCode())
                            .as("%s %s: %s", method, url, answer)
                            .isBetween(200, 299);
                    return answer.length() == 0 ? new JsonObject() : answer.toJsonObject();
                })));
    }

    /** What a GET answers. */
    String text(String url) {
        return get(client.request(new RequestOptions().setAbsoluteURI(url))
                .compose(request -> request.send())
                .compose(response -> response.body().map(Buffer::toString)));
    }

    /** Of a GET. */
    int status(String url) {
        return get(client.request(new RequestOptions().setAbsoluteURI(url))
                .compose(request -> request.send())
                .compose(response -> response.body().map(read -> response.statusCode())));
    }

    void awaitReachable(int count) {
        await().atMost(CATCHING_UP).until(() -> urls().size() >= count);
    }

    /** Kills a pod, whatever it does, and starts another in its place. */
    void killAnyPod() {
        int victim = chance.nextInt(pods.size());
        pods.get(victim).kill();
        kills++;
        pods.set(victim, gateways.launch(settings));
    }

    /** As a Deployment does: another one is ready, this one leaves the Service, and is told to end. */
    GatewayProcess replace(int pod) {
        GatewayProcess next = gateways.launch(settings).awaitReady();
        GatewayProcess leaving = pods.set(pod, next);
        leaving.terminate();
        return leaving;
    }

    void goOnFor(Duration duration) {
        await().pollDelay(duration).atMost(duration.plusSeconds(60)).until(() -> true);
    }

    Duration between(int fromMillis, int toMillis) {
        return Duration.ofMillis(fromMillis + chance.nextInt(toMillis - fromMillis));
    }

    void stopProducers() {
        get(producers.stop());
    }

    /** Each accepted event comes to each webhook, and always as the same one. */
    void expectEverythingAccepted(String story, String... webhooks) {
        for (String webhook : webhooks) {
            Receiver.Inbox inbox = receiver.inbox(webhook);
            await().atMost(CATCHING_UP)
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> assertThat(missing(inbox)).isEmpty());
            inbox.idsByNumber.forEach((number, ids) -> {
                if (producers.hasId(number)) {
                    assertThat(ids).as("webhook-id of event %d", number).hasSize(1);
                }
            });
        }
        for (String webhook : webhooks) {
            Receiver.Inbox inbox = receiver.inbox(webhook);
            System.out.printf(
                    "%s, %s: accepted %d, delivered %d, repeated %d, kills %d, answers %s%n",
                    story,
                    webhook,
                    producers.accepted.size(),
                    inbox.taken.size(),
                    inbox.repeated(),
                    kills,
                    producers.answers);
        }
    }

    List<String> missing(Receiver.Inbox inbox) {
        return producers.accepted.values().stream()
                .filter(id -> !inbox.taken.containsKey(id))
                .toList();
    }

    void killed() {
        kills++;
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void close() {
        get(vertx.close());
    }
}
