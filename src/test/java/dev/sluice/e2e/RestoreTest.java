package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.redis.RedisProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The drill of {@code src/docs/backup.md}: what was lost comes back, and a key is changed while pods work. */
@Timeout(120)
class RestoreTest {
    private static final String OTHER_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String[] RETRIES = {"SLUICE_DELIVERY_RETRY_DELAYS", "1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s"};

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @TempDir
    Path folder;

    private final RedisProcess redis = RedisProcess.start("appendfsync always", "auto-aof-rewrite-percentage 0");

    @AfterEach
    void close() {
        redis.close();
    }

    private TestPod pod(String... settings) {
        return TestPod.start(
                redis.uri(),
                Stream.concat(Stream.of(RETRIES), Stream.of(settings)).toArray(String[]::new));
    }

    private JsonObject settings() {
        JsonObject token = new JsonObject()
                .put("name", "X-Token")
                .put("value", "the-token")
                .put("secret", true);
        return new JsonObject().put("name", "Deploy").put("url", receiver.url()).put("headers", JsonArray.of(token));
    }

    private String run(TestPod pod, Map<String, String> environment, String... words) {
        CommandRun run = CommandRun.at(pod.url(), environment, words);
        assertThat(run.code()).as(run.said()).isZero();
        return run.said();
    }

    /** Where Redis keeps what it has. */
    private Path data() {
        String dir = redis.command("CONFIG", "GET", "dir")
                .lines()
                .filter(line -> line.startsWith("/"))
                .findFirst()
                .orElseThrow();
        return Path.of(dir.strip()).resolve("appendonlydir");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void awaitParked(TestPod pod, int count) {
        await().until(() -> pod.metrics().of("sluice_deliveries_parked_total") >= count);
        pod.awaitQuiet();
    }

    @Test
    void whatWasParkedWhenTheBackUpWasMadeIsDeliveredAfterEverythingWasLost() throws IOException {
        Set<String> events = new TreeSet<>();
        receiver.answers(503);
        try (TestPod pod = pod()) {
            pod.webhook(settings());
            for (int i = 0; i < 5; i++) {
                events.add(pod.accept("order.paid", i));
            }
            awaitParked(pod, 5);
            copy(data(), folder.resolve("backup"));
        }
        Path data = data();
        redis.kill();
        delete(data);
        redis.restart();
        assertThat(redis.command("DBSIZE")).startsWith(":0");
        redis.kill();
        delete(data);
        copy(folder.resolve("backup"), data);
        redis.restart();

        Set<String> delivered = new ConcurrentSkipListSet<>();
        receiver.answersBy(request -> {
            assertThat(request.header("x-token")).isEqualTo("the-token");
            delivered.add(request.header("webhook-id"));
            return 204;
        });
        try (TestPod pod = pod()) {
            assertThat(pod.api().get("/v1/webhooks").json().getJsonArray("webhooks"))
                    .hasSize(1);
            await().until(() -> delivered.equals(events));
            events.add(pod.accept("order.paid", 6));
            await().until(() -> delivered.equals(events));
        }
    }

    @Test
    void whoseKeyIsLostNamesWhatItCannotReadAndIsMadeAnewFromFiles() throws IOException {
        String file;
        try (TestPod pod = pod()) {
            pod.webhook(settings());
            file = run(pod, Map.of(), "export")
                    .replace("••••••", "{fromEnv: TOKEN}")
                    .replace("'{fromEnv: TOKEN}'", "{fromEnv: TOKEN}");
        }
        Path declared = Files.writeString(folder.resolve("all.yaml"), file);
        try (TestPod pod = pod("SLUICE_SECRETS_KEY", OTHER_KEY)) {
            JsonObject lost = pod.api()
                    .get("/v1/webhooks")
                    .json()
                    .getJsonArray("webhooks")
                    .getJsonObject(0);
            assertThat(lost.getString("unreadable")).contains("the key differs");
            String waits = pod.accept("order.paid", 1);
            pod.api().delete("/v1/webhooks/" + lost.getString("id"));
            run(pod, Map.of("TOKEN", "the-token"), "apply", declared.toString());
            String next = pod.accept("order.paid", 2);
            Receiver.Received received = receiver.take();
            assertThat(received.header("webhook-id")).isEqualTo(next).isNotEqualTo(waits);
            assertThat(received.header("x-token")).isEqualTo("the-token");
        }
    }

    @Test
    void theKeyIsChangedInThreeStepsWhilePodsWorkAndNothingIsUnreadableInBetween() {
        try (TestPod former = pod("SLUICE_SECRETS_OTHER_KEYS", OTHER_KEY)) {
            former.webhook(settings());
            try (TestPod next =
                    pod("SLUICE_SECRETS_KEY", OTHER_KEY, "SLUICE_SECRETS_OTHER_KEYS", TestPod.SECRETS_KEY)) {
                former.accept("order.paid", 1);
                assertThat(receiver.take().header("x-token")).isEqualTo("the-token");
                assertThat(next.api().get("/v1/webhooks").text()).doesNotContain("unreadable");
                assertThat(next.metrics().of("sluice_secrets_opened_by_other_keys_total"))
                        .isPositive();
                assertThat(run(next, Map.of(), "reseal")).contains("sealed with the present secrets.key");
                assertThat(former.api().get("/v1/webhooks").text()).doesNotContain("unreadable");
            }
        }
        try (TestPod after = pod("SLUICE_SECRETS_KEY", OTHER_KEY)) {
            after.accept("order.paid", 2);
            assertThat(receiver.take().header("x-token")).isEqualTo("the-token");
            assertThat(after.api().get("/v1/webhooks").text()).doesNotContain("unreadable");
        }
    }
}
