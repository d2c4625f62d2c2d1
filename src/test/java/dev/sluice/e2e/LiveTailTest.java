package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LiveTailTest {
    private static final String ADMIN = "an-admin-key-of-the-test";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @Test
    void tellsOfEachEventAndEachAttempt() {
        JsonObject webhook = pod.webhook(receiver.url());
        try (Tail tail = new Tail(pod, "/v1/tail")) {
            String event = pod.accept("order.paid", new JsonObject());

            assertThat(tail.next("event").getString("id")).isEqualTo(event);
            JsonObject attempt = tail.next("attempt");
            assertThat(attempt.getString("webhook")).isEqualTo(webhook.getString("id"));
            assertThat(attempt.getString("fate")).isEqualTo("delivered");
            assertThat(attempt.getInteger("status")).isEqualTo(204);
        }
    }

    @Test
    void tellsOfWhatAnotherPodDoes() {
        try (TestPod other = TestPod.start(REDIS.uri());
                Tail tail = new Tail(pod, "/v1/tail?kinds=event")) {
            await().untilAsserted(() -> {
                other.accept("from.elsewhere", new JsonObject());
                assertThat(tail.lines).anyMatch(line -> line.contains("from.elsewhere"));
            });
        }
    }

    @Test
    void goesOnBehindTheLineThatWasSeenLast() {
        String seen;
        try (Tail tail = new Tail(pod, "/v1/tail")) {
            pod.accept("first", new JsonObject());
            tail.next("event");
            seen = tail.lastId();
            pod.accept("second", new JsonObject());
            await().until(() -> tail.lines.stream().anyMatch(line -> line.contains("second")));
        }
        try (Tail tail = new Tail(pod, "/v1/tail", "Last-Event-ID", seen)) {
            assertThat(tail.next("event").getString("type")).isEqualTo("second");
        }
    }

    @Test
    void tellsOnlyWhatWasAskedForAndOnlyWhatTheKeyMaySee() {
        try (TestPod locked = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN)) {
            Rest admin = locked.api().as(ADMIN);
            JsonObject key =
                    new JsonObject().put("name", "acme").put("role", "read").put("tenant", "acme");
            String token = admin.post("/v1/keys", "application/json", key.encode())
                    .json()
                    .getString("token");
            try (Tail tail = new Tail(locked, "/v1/tail", "Authorization", "Bearer " + token);
                    Tail typed = new Tail(locked, "/v1/tail?kinds=event&type=b", "Authorization", "Bearer " + ADMIN)) {
                for (String tenant : List.of("other", "acme")) {
                    for (String type : List.of("a", "b")) {
                        JsonObject event = new JsonObject().put("type", type).put("tenant", tenant);
                        admin.post("/v1/events", "application/json", event.encode());
                    }
                }
                await().until(() -> tail.events().size() >= 2 && typed.events().size() >= 2);
                assertThat(tail.events())
                        .allMatch(event -> event.getString("tenant").equals("acme"));
                assertThat(typed.events())
                        .allMatch(event -> event.getString("type").equals("b"));
            }
        }
    }

    @Test
    void tellsAVisitorOfThePortalOfHisTypesAndHisWebhooksAlone() {
        try (TestPod locked = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN)) {
            Rest admin = locked.api().as(ADMIN);
            String own = webhook(admin, "/own", "order.*");
            webhook(admin, "/hidden", "**");
            JsonObject portal =
                    new JsonObject().put("tenant", "acme").put("eventTypes", new JsonArray().add("order.*"));
            String path = admin.post("/v1/portal", portal).json().getString("path");
            JsonObject link = new JsonObject().put("link", path.substring(path.indexOf('#') + 1));
            String visit = locked.api().post("/v1/portal/visit", link).json().getString("token");
            try (Tail tail = new Tail(locked, "/v1/tail", "Authorization", "Bearer " + visit)) {
                for (String type : List.of("secret.thing", "order.paid")) {
                    admin.post("/v1/events", new JsonObject().put("type", type).put("tenant", "acme"));
                }
                await().until(() -> receiver.all().size() == 3);
                admin.post(
                        "/v1/events", new JsonObject().put("type", "order.last").put("tenant", "acme"));
                await().until(() -> tail.lines.stream()
                                .filter(line -> line.contains("order.last"))
                                .count()
                        == 2);
                assertThat(tail.events())
                        .extracting(line -> line.getString("type"))
                        .filteredOn(Objects::nonNull)
                        .contains("order.paid")
                        .containsOnly("order.paid", "order.last");
                assertThat(tail.lines).noneMatch(line -> line.contains("secret.thing"));
                assertThat(tail.lines)
                        .filteredOn(line -> line.contains("\"webhook\""))
                        .isNotEmpty()
                        .allMatch(line -> line.contains(own));
            }
        }
    }

    private String webhook(Rest admin, String path, String types) {
        JsonObject settings =
                new JsonObject().put("url", receiver.url(path)).put("eventTypes", new JsonArray().add(types));
        return admin.post("/v1/webhooks?tenant=acme", settings).json().getString("id");
    }

    @Test
    void writesNothingWhileNobodyLooks() {
        pod.webhook(receiver.url());
        pod.accept("order.paid", new JsonObject());
        receiver.take();
        pod.awaitQuiet();
        RedisKeys.await(REDIS, "sluice:{tail}*", 0);
    }

    @Test
    void endsWithThePodAndDoesNotHoldItUp() {
        TestPod other = TestPod.start(REDIS.uri());
        Tail tail = new Tail(other, "/v1/tail");
        other.close();
        await().until(tail.ended::isDone);
        tail.close();
    }

    /** A client whose lines are collected. */
    private static final class Tail implements AutoCloseable {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Stream<String> stream;
        private final CompletableFuture<Void> ended;
        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        Tail(TestPod pod, String path, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(pod.url() + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            try {
                stream = client.send(request.build(), BodyHandlers.ofLines()).body();
            } catch (IOException | InterruptedException failed) {
                throw new AssertionError(failed);
            }
            ended = CompletableFuture.runAsync(() -> stream.forEach(lines::add)).exceptionally(cut -> null);
            await().until(() -> lines.contains("retry: 1000"));
        }

        /** The data of the first line of this kind. */
        JsonObject next(String kind) {
            await().until(() -> lines.contains("event: " + kind));
            int at = lines.indexOf("event: " + kind);
            await().until(() -> lines.size() > at + 1);
            return new JsonObject(lines.get(at + 1).substring("data: ".length()));
        }

        List<JsonObject> events() {
            return lines.stream()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> new JsonObject(line.substring("data: ".length())))
                    .toList();
        }

        String lastId() {
            return lines.stream()
                    .filter(line -> line.startsWith("id: "))
                    .reduce((one, other) -> other)
                    .orElseThrow()
                    .substring("id: ".length());
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
