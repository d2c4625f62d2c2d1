package dev.sluice.boot.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.boot.doctor.Doctor.Report;
import dev.sluice.redis.fitness.Checkup;
import dev.sluice.redis.fitness.Needs;
import dev.sluice.redis.fitness.Vitals;
import dev.sluice.testing.Certificates;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.TlsServer;
import io.vertx.core.http.ClientAuth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class DoctorTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private InstantSource clock = InstantSource.system();
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "SLUICE_REDIS_URI", REDIS.uri(),
            "SLUICE_REDIS_COMMAND_TIMEOUT", "2s",
            "SLUICE_SECRETS_KEY", KEY,
            "SLUICE_ACCESS_ADMIN_KEY", "a-long-admin-key",
            "SLUICE_DELIVERY_ALLOW_NETWORKS", "127.0.0.0/8"));

    private Report examine(String... urls) {
        return new Doctor(environment, clock).examine(null, List.of(urls));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }

    @Test
    void saysOfARedisThatIsWellWhatItIsAndShowsNoKey() {
        Report report = examine();
        assertThat(report.lines()).as("" + report.lines()).anyMatch(line -> line.startsWith("ok    redis:"));
        assertThat(report.isWell()).isTrue();
        assertThat(String.join("\n", report.lines()))
                .contains(
                        "holds what is promised",
                        "redis persistence",
                        "redis replicas",
                        "redis policy: noeviction",
                        "redis memory",
                        "redis latency",
                        "redis clock")
                .doesNotContain(KEY, "a-long-admin-key");
    }

    @Test
    void saysEveryMistakeOfTheSettings() {
        environment.put("SLUICE_HTTP_PORT", "many");
        environment.put("SLUICE_JOURNAL_DURABILITY", "perhaps");
        Report report = examine();
        assertThat(report.isWell()).isFalse();
        assertThat(String.join("\n", report.lines())).contains("BAD   settings", "http.port", "journal.durability");
    }

    @Test
    void saysWhatIsMissingAndHowToMakeIt() {
        environment.remove("SLUICE_SECRETS_KEY");
        environment.remove("SLUICE_ACCESS_ADMIN_KEY");
        assertThat(String.join("\n", examine().lines()))
                .contains("BAD   secrets.key: missing", "openssl rand -base64 32", "care  access: no access.adminKey");
    }

    @Test
    void saysThatNobodyAnswersWhereRedisShouldBe() {
        environment.put("SLUICE_REDIS_URI", "redis://127.0.0.1:" + freePort());
        Report report = examine();
        assertThat(report.isWell()).isFalse();
        assertThat(String.join("\n", report.lines())).contains("BAD   redis");
    }

    @Test
    void saysWhatTheGuardMakesOfAUrlAndWhetherSomebodyListens() {
        String closed = "http://127.0.0.1:" + freePort() + "/hook";
        String lines = String.join(
                "\n",
                examine(closed, "http://10.1.2.3/x", "ftp://example.com", "http://no.such.invalid/")
                        .lines());
        assertThat(lines)
                .contains(
                        closed + ": 127.0.0.1: may be called",
                        "BAD   " + closed,
                        "BAD   http://10.1.2.3/x: 10.1.2.3: not public, every delivery is refused",
                        "delivery.allowNetworks",
                        "BAD   ftp://example.com: scheme ftp",
                        "BAD   http://no.such.invalid/");
    }

    @Test
    void takesForAUrlWhatAWebhookMayHaveAndNothingElse() {
        String loud = "HTTP://127.0.0.1:" + freePort() + "/hook";
        String lines = String.join(
                "\n",
                examine(loud, "http://my_service.invalid/", "http://u:p@127.0.0.1/", "http://127.1/", "here")
                        .lines());
        assertThat(lines)
                .contains(
                        loud + ": 127.0.0.1: may be called",
                        "BAD   http://my_service.invalid/: ",
                        "BAD   http://u:p@127.0.0.1/: holds a user name or password",
                        "BAD   http://127.1/: host 127.1 (expected: an IPv4 address",
                        "BAD   here: scheme missing")
                .doesNotContain("http://my_service.invalid/: no URL", "http://my_service.invalid/: host");
    }

    @Test
    void saysWhenTheCertificateOfAnEndpointEndsAndWhetherItIsTrusted() {
        try (TlsServer server = new TlsServer("localhost", false, ClientAuth.NONE)) {
            String url = "https://localhost:" + server.port() + "/hook";
            assertThat(String.join("\n", examine(url).lines()))
                    .contains(" certificate: ", " ends ", "is not trusted", "delivery.caFile");
            environment.put("SLUICE_DELIVERY_CA_FILE", Certificates.path("localhost.pem"));
            assertThat(String.join("\n", examine(url).lines())).contains("connected, and trusted", "delivery.caFile: ");
            clock = InstantSource.fixed(Instant.parse("2999-01-01T00:00:00Z"));
            assertThat(String.join("\n", examine(url).lines())).contains("it is over: renew it");
        }
    }

    @Test
    void saysWhatToDoAboutARedisThatIsSlowFullAloneOrForgetsWhatItHad() {
        Map<String, String> facts = Map.of(
                "redis_version", "7.2.4",
                "redis_mode", "standalone",
                "aof_enabled", "0",
                "aof_last_write_status", "err",
                "maxmemory", "100",
                "used_memory", "85",
                "maxmemory_policy", "allkeys-lru");
        Checkup bad = new Checkup("a:1", new Vitals(facts), Duration.ofMillis(20), Duration.ofSeconds(-3), null);
        assertThat(RedisFindings.of(bad, new Needs(false, false, 0, Duration.ZERO)))
                .extracting(Finding::toString)
                .satisfies(lines -> assertThat(String.join("\n", lines))
                        .contains(
                                "care  redis a:1 persistence",
                                "appendonly yes",
                                "BAD   redis a:1 disk",
                                "care  redis a:1 replicas",
                                "BAD   redis a:1 policy: allkeys-lru",
                                "care  redis a:1 memory: 85 % of maxmemory",
                                "care  redis a:1 latency: 20.0 ms",
                                "care  redis a:1 clock: -3000.0 ms"));
    }
}
