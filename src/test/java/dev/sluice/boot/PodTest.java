package dev.sluice.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.SluiceConfig;
import dev.sluice.config.load.ConfigLoader;
import dev.sluice.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class PodTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private static SluiceConfig config(String... settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SLUICE_HTTP_PORT", "0",
                "SLUICE_MANAGEMENT_PORT", "0",
                "SLUICE_RUNTIME_EVENT_LOOPS", "2",
                "SLUICE_REDIS_URI", REDIS.uri(),
                "SLUICE_SECRETS_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return new ConfigLoader(environment).load(null);
    }

    private static boolean wasRead() {
        String found = "return redis.call('INFO', 'commandstats'):find('cmdstat_xreadgroup') and 1 or 0";
        return REDIS.command("EVAL", found, "0").equals(":1");
    }

    @Test
    void readsNothingFromTheJournalWhenAPortIsTaken() throws IOException {
        REDIS.command("CONFIG", "RESETSTAT");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThatThrownBy(() -> Pod.start(config("SLUICE_HTTP_PORT", port)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("http.port");
            assertThatThrownBy(() -> Pod.start(config("SLUICE_MANAGEMENT_PORT", port)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("management.port");
        }
        assertThat(wasRead()).isFalse();
    }

    @Test
    void readsFromTheJournalWhenItServes() {
        REDIS.command("CONFIG", "RESETSTAT");
        Pod pod = Pod.start(config());
        pod.stop();
        assertThat(wasRead()).isTrue();
    }

    @Test
    void startsNothingOnceItWasToldToEnd() {
        Pod pod = new Pod(config());
        pod.stop();
        assertThatThrownBy(pod::start).isInstanceOf(StartFailure.class).hasMessageContaining("told to end");
    }

    @Test
    void endsWithinItsBudgetThoughRedisHangs() {
        Pod pod = Pod.start(config("SLUICE_RUNTIME_DRAIN_TIMEOUT", "2s"));
        REDIS.suspend();
        try {
            pod.stop();
        } finally {
            REDIS.resume();
        }
    }

    @Test
    void readsNothingFromTheJournalWithoutTheRoleToDeliver() {
        REDIS.command("CONFIG", "RESETSTAT");
        Pod pod = Pod.start(config("SLUICE_RUNTIME_ROLES", "ingest,api"));
        pod.stop();
        assertThat(wasRead()).isFalse();
    }

    @Test
    void listensOnlyForProbesWhenItOnlyDelivers() {
        Pod pod = Pod.start(config("SLUICE_RUNTIME_ROLES", "deliver", "SLUICE_HTTP_HOST", "0.0.0.0"));
        try {
            assertThat(pod.listens()).isFalse();
            assertThat(Banner.lines(pod))
                    .contains("  Roles    [deliver]")
                    .noneMatch(line -> line.contains("/v1/events"));
        } finally {
            pod.stop();
        }
    }

    @Test
    void refusesRolesThatAreNone() {
        assertThatThrownBy(() -> config("SLUICE_RUNTIME_ROLES", ""))
                .hasMessageContaining("runtime.roles: none (expected: one or more of ingest, deliver, api)");
        assertThatThrownBy(() -> config("SLUICE_RUNTIME_ROLES", "ingest,admin"))
                .hasMessageContaining("runtime.roles: admin (expected: one of ingest, deliver, api)");
    }
}
