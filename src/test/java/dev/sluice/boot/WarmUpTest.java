package dev.sluice.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.config.SluiceConfig;
import dev.sluice.config.load.ConfigLoader;
import dev.sluice.redis.embedded.EmbeddedRedis;
import dev.sluice.testing.LoggedLines;
import dev.sluice.testing.RedisServer;
import dev.sluice.warmup.WarmUp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class WarmUpTest {
    /** What is counted of events and deliveries, on whatever way. */
    private static final Pattern OF_WORK = Pattern.compile(
            "sluice_(events|deliveries|attempts?|lanes?|first_attempt|delivered|answers|history|streams?)_.*(_total|_count|_sum)\\b.*");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private final AtomicReference<Pod> twin = new AtomicReference<>();
    private final AtomicReference<SluiceConfig> settings = new AtomicReference<>();

    private static SluiceConfig config() {
        return new ConfigLoader(Map.of(
                        "SLUICE_HTTP_PORT", "0",
                        "SLUICE_MANAGEMENT_PORT", "0",
                        "SLUICE_RUNTIME_EVENT_LOOPS", "2",
                        "SLUICE_RUNTIME_WARM_UP", "60s",
                        "SLUICE_REDIS_URI", REDIS.uri(),
                        "SLUICE_SECRETS_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="))
                .load(null);
    }

    private Pod twin(SluiceConfig asked) {
        settings.set(asked);
        Pod made = Pod.twin(asked);
        twin.set(made);
        return made;
    }

    /** Its compiler took what {@code compiled} says: as long as that stays what it was, there is nothing more to warm up. */
    private Pod pod(LongSupplier compiled) {
        SluiceConfig config = config();
        return new Pod(config, Storage::open, new WarmUp(config, this::twin, compiled));
    }

    private static String get(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        try {
            return HTTP.send(request, BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static List<String> counted(String metrics) {
        return metrics.lines()
                .filter(line -> OF_WORK.matcher(line).matches())
                .filter(line -> !line.endsWith(" 0.0") && !line.endsWith(" 0"))
                .toList();
    }

    private static boolean wasCalled(String command) {
        String found = "return redis.call('INFO', 'commandstats'):find('cmdstat_' .. ARGV[1]) and 1 or 0";
        return REDIS.command("EVAL", found, "0", command).equals(":1");
    }

    private static CompletableFuture<Void> starting(Pod pod) {
        return CompletableFuture.runAsync(pod::start);
    }

    /** The twin works in it. */
    private Path folder() {
        return Path.of(settings.get().data().dir());
    }

    @Test
    void leavesNothingInRedisMetricsHistoryAndLog() {
        REDIS.command("CONFIG", "RESETSTAT");
        try (LoggedLines own = new LoggedLines(WarmUp.class);
                LoggedLines redis = new LoggedLines(EmbeddedRedis.class);
                LoggedLines drain = new LoggedLines(Drain.class)) {
            Pod pod = pod(() -> 0);
            pod.start();
            try {
                assertThat(own.all())
                        .singleElement()
                        .asString()
                        .containsPattern("INFO warmed up events=[1-9].* settled=true");
                assertThat(redis.all()).isEmpty();
                assertThat(drain.all()).isEmpty();
                String metrics = get(pod.managementUrl() + "/metrics");
                assertThat(counted(metrics)).isEmpty();
                assertThat(metrics)
                        .contains("sluice_pod_state{state=\"serving\"} 1.0")
                        .doesNotContain("code=\"202\"");
                assertThat(get(pod.url() + "/v1/webhooks")).doesNotContain("warm");
                assertThat(wasCalled("xadd")).isFalse();
                assertThat(folder()).doesNotExist();
            } finally {
                pod.stop();
            }
        }
    }

    @Test
    void servesThoughItCouldNotWarmUp() {
        SluiceConfig config = config();
        WarmUp impossible = new WarmUp(config, asked -> {
            throw new StartFailure("no room for it");
        });
        try (LoggedLines lines = new LoggedLines(WarmUp.class)) {
            Pod pod = new Pod(config, Storage::open, impossible);
            pod.start();
            try {
                assertThat(lines.all())
                        .singleElement()
                        .asString()
                        .contains("WARN not warmed up, serves anyway")
                        .contains("no room for it");
                assertThat(get(pod.managementUrl() + "/metrics")).contains("sluice_faults_total{what=\"warm up\"} 1.0");
            } finally {
                pod.stop();
            }
        }
    }

    @Test
    void servesThoughTheTwinDiesMeanwhile() {
        AtomicLong busy = new AtomicLong();
        Pod pod = pod(() -> busy.addAndGet(1000));
        CompletableFuture<Void> started = starting(pod);
        awaitDeliveries();
        twin.get().stop();
        started.join();
        try {
            assertThat(get(pod.managementUrl() + "/metrics")).contains("sluice_faults_total{what=\"warm up\"} 1.0");
            assertThat(folder()).doesNotExist();
        } finally {
            pod.stop();
        }
    }

    private void awaitDeliveries() {
        String url = await().ignoreExceptions().until(() -> twin.get().managementUrl(), text -> true) + "/metrics";
        await().until(() ->
                counted(get(url)).stream().anyMatch(line -> line.startsWith("sluice_deliveries_delivered")));
    }

    @Test
    void endsAtOnceWhenThePodIsToldToEnd() {
        AtomicLong busy = new AtomicLong();
        Pod pod = pod(() -> busy.addAndGet(1000));
        CompletableFuture<Void> started = starting(pod);
        awaitDeliveries();
        String url = twin.get().managementUrl() + "/metrics";

        pod.stop();

        assertThatThrownBy(started::join).hasMessageContaining("told to end");
        assertThat(folder()).doesNotExist();
        assertThatThrownBy(() -> get(url)).hasCauseInstanceOf(IOException.class);
    }
}
