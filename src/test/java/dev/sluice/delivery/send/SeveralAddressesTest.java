package dev.sluice.delivery.send;

import static dev.sluice.delivery.send.SendingHarness.address;
import static dev.sluice.testing.Certificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.DeafPort;
import dev.sluice.testing.ScriptedEndpoint;
import dev.sluice.testing.SlowRelay;
import dev.sluice.testing.TlsServer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts of which one address refuses or is silent (RFC 8305), and hosts that move. The well address is 127.0.0.1. */
class SeveralAddressesTest {
    private static final String HOST = "hooks.example";
    private static final TlsProfile TRUSTING = new TlsProfile(null, null, pem("ca.pem"));
    /** Shorter than any client waits for a connection. */
    private static final Duration SHORT = Duration.ofSeconds(4);

    private final Map<String, List<InetAddress>> hosts = new HashMap<>();
    private final SendingHarness harness =
            new SendingHarness(SendingHarness.config(List.of("127.0.0.0/8", "::1")), hosts);

    @AfterEach
    void close() {
        harness.close();
    }

    private void resolvesTo(String... literals) {
        hosts.put(
                HOST,
                Arrays.stream(literals).map(literal -> address(HOST, literal)).toList());
    }

    private static Webhook secure(int port) {
        return Webhooks.to("https://%s:%d/".formatted(HOST, port))
                .tls(TRUSTING)
                .timeout(SHORT)
                .build();
    }

    private static Webhook plain(int port) {
        return Webhooks.to("http://%s:%d/".formatted(HOST, port)).timeout(SHORT).build();
    }

    @Test
    void anAddressToWhichNoConnectionComesIsFollowedByTheNext() throws IOException {
        resolvesTo("127.0.0.2", "127.0.0.1");
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint();
                DeafPort deaf = new DeafPort("127.0.0.2", endpoint.port())) {
            for (int i = 0; i < 4; i++) {
                assertThat(harness.answered(plain(endpoint.port())).code()).isEqualTo(200);
            }
            assertThat(endpoint.requests()).hasSize(4);
            assertThat(deaf).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAddressThatAcceptsAndSaysNothingIsFollowedByTheNextAndCostsItsDelayOnce(boolean http2) {
        resolvesTo("127.0.0.2", "127.0.0.1");
        try (TlsServer server = new TlsServer("server", http2, ClientAuth.NONE);
                SlowRelay silent = new SlowRelay(server.port(), "127.0.0.2", server.port())) {
            for (int i = 0; i < 6; i++) {
                harness.answered(secure(server.port()));
            }
            assertThat(silent.accepted()).isOne();
            assertThat(server.versions()).hasSize(6).containsOnly(http2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatComesLateNeverGetsTheRequest(boolean http2) {
        resolvesTo("127.0.0.2", "127.0.0.1");
        try (TlsServer server = new TlsServer("server", http2, ClientAuth.NONE);
                SlowRelay slow = new SlowRelay(server.port(), "127.0.0.2", server.port())) {
            harness.answered(secure(server.port()));
            slow.open();
            await().until(() -> server.connections() == 2);
            harness.answered(secure(server.port()));
            harness.answered(secure(server.port()));
            assertThat(server.versions()).hasSize(3);
        }
    }

    @Test
    void anAddressThatRefusesIsFollowedAtOnceAndByHttp2() {
        resolvesTo("127.0.0.2", "127.0.0.3", "127.0.0.1");
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE)) {
            harness.answered(secure(server.port()));
            harness.answered(secure(server.port()));
            assertThat(server.versions()).containsExactly(HttpVersion.HTTP_2, HttpVersion.HTTP_2);
        }
    }

    @Test
    void theDeadlineIsOverAllAddresses() {
        resolvesTo("127.0.0.2", "127.0.0.3", "127.0.0.4");
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE);
                SlowRelay first = new SlowRelay(server.port(), "127.0.0.2", server.port());
                SlowRelay second = new SlowRelay(server.port(), "127.0.0.3", server.port());
                SlowRelay third = new SlowRelay(server.port(), "127.0.0.4", server.port())) {
            Answer.Failure failure = harness.failed(Webhooks.to("https://%s:%d/".formatted(HOST, server.port()))
                    .tls(TRUSTING)
                    .timeout(Duration.ofSeconds(1))
                    .build());
            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure.detail()).isEqualTo("no TLS handshake within 1000 ms");
            assertThat(List.of(first.accepted(), second.accepted(), third.accepted()))
                    .containsOnly(1);
            List.of(first, second, third).forEach(SlowRelay::open);
            resolvesTo("127.0.0.1");
            harness.answered(secure(server.port()));
            assertThat(server.versions()).hasSize(1);
        }
    }

    @Test
    void whenAllRefuseTheAttemptFails() {
        ScriptedEndpoint gone = new ScriptedEndpoint();
        gone.close();
        resolvesTo("127.0.0.2", "127.0.0.1", "127.0.0.3", "127.0.0.4", "127.0.0.5");
        assertThat(harness.failed(plain(gone.port())).kind()).isEqualTo(Kind.CONNECT);
    }

    @Test
    void anotherFamilyIsTriedWhereOneLeadsNowhere() {
        resolvesTo("::1", "127.0.0.1");
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE)) {
            for (int i = 0; i < 3; i++) {
                harness.answered(secure(server.port()));
            }
            assertThat(server.versions()).hasSize(3);
        }
    }

    @Test
    void manyAtOnceAreSentOnceEach() {
        resolvesTo("127.0.0.2", "127.0.0.1");
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE);
                SlowRelay slow = new SlowRelay(server.port(), "127.0.0.2", server.port())) {
            Webhook webhook = secure(server.port());
            assertThat(harness.sendAtOnce(webhook, 50)).allMatch(Answer.Status.class::isInstance);
            slow.open();
            assertThat(harness.sendAtOnce(webhook, 50)).allMatch(Answer.Status.class::isInstance);
            assertThat(server.versions()).hasSize(100);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHostThatMovesTakesItsConnectionsWithIt(boolean http2) {
        resolvesTo("127.0.0.1");
        try (TlsServer old = new TlsServer("server", http2, ClientAuth.NONE);
                TlsServer moved = new TlsServer("server", http2, ClientAuth.NONE, "127.0.0.2", old.port())) {
            harness.answered(secure(old.port()));
            harness.answered(secure(old.port()));
            resolvesTo("127.0.0.2");
            harness.answered(secure(old.port()));
            harness.answered(secure(old.port()));
            assertThat(old.versions()).hasSize(2);
            assertThat(moved.versions()).hasSize(2);
        }
    }
}
