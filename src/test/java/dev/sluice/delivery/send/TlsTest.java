package dev.sluice.delivery.send;

import static dev.sluice.delivery.send.SendingHarness.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.ScriptedEndpoint;
import dev.sluice.testing.SlowRelay;
import io.vertx.core.Future;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private static final SelfSignedCertificate CERTIFICATE = SelfSignedCertificate.create("hooks.example");

    private final ScriptedEndpoint endpoint =
            new ScriptedEndpoint(new NetServerOptions().setSsl(true).setKeyCertOptions(CERTIFICATE.keyCertOptions()));
    private final Map<String, List<InetAddress>> hosts = Map.of(
            "hooks.example", List.of(address("hooks.example", "127.0.0.1")),
            "other.example", List.of(address("other.example", "127.0.0.1")));

    @AfterEach
    void close() {
        endpoint.close();
    }

    @AfterAll
    static void deleteTheCertificate() {
        CERTIFICATE.delete();
    }

    @Test
    void verifiesTheHostOfTheUrlThoughItDialsAnAddress() {
        try (SendingHarness trusting = trusting()) {
            assertThat(trusting.answered(Webhooks.at("https://hooks.example:" + endpoint.port()))
                            .code())
                    .isEqualTo(200);
            assertThat(endpoint.request().header("host")).isEqualTo("hooks.example:" + endpoint.port());
            assertThat(trusting.failed(Webhooks.at("https://other.example:" + endpoint.port()))
                            .kind())
                    .isEqualTo(Kind.TLS);
        }
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() {
        try (SendingHarness harness = new SendingHarness(List.of("127.0.0.1"), hosts, Manner.NONE, options -> {})) {
            assertThat(harness.failed(Webhooks.at("https://hooks.example:" + endpoint.port()))
                            .kind())
                    .isEqualTo(Kind.TLS);
        }
    }

    @Test
    void namesTlsWhereTheEndpointSpeaksNone() {
        try (ScriptedEndpoint plain = new ScriptedEndpoint();
                SendingHarness harness = trusting()) {
            plain.greets("220 mail.example ESMTP\r\n");
            assertThat(harness.failed(Webhooks.at("https://hooks.example:" + plain.port()))
                            .kind())
                    .isEqualTo(Kind.TLS);
        }
    }

    @Test
    void givesUpAHandshakeAtTheDeadline() {
        try (ScriptedEndpoint plain = new ScriptedEndpoint();
                SendingHarness harness = connected()) {
            Webhook webhook = Webhooks.to("https://hooks.example:" + plain.port())
                    .timeout(SHORT)
                    .build();
            assertThat(harness.failed(webhook).detail()).isEqualTo("no TLS handshake within 200 ms");
            ScriptedEndpoint.await(plain.closed(0));
        }
    }

    @Test
    void givesUpAsManyHandshakesAsThereAreAttemptsAtTheDeadline() {
        try (ScriptedEndpoint plain = new ScriptedEndpoint();
                SendingHarness harness = connected()) {
            Webhook webhook = Webhooks.to("https://hooks.example:" + plain.port())
                    .timeout(SHORT)
                    .build();
            harness.sendAtOnce(webhook, 10);
            for (int i = 0; i < 10; i++) {
                ScriptedEndpoint.await(plain.closed(i));
            }
        }
    }

    @Test
    void leavesTheHandshakeOfAnAttemptThatHasTimeYet() {
        try (SlowRelay relay = new SlowRelay(endpoint.port());
                SendingHarness harness = connected()) {
            String url = "https://hooks.example:" + relay.port();
            Future<Answer> patient = harness.start(Webhooks.at(url));
            Webhook hasty = Webhooks.to(url).id("wh_hasty").timeout(SHORT).build();
            assertThat(harness.failed(hasty).kind()).isEqualTo(Kind.TIMEOUT);
            relay.open();
            assertThat(ScriptedEndpoint.await(patient)).isInstanceOf(Answer.Status.class);
        }
    }

    @Test
    void neverSendsWhatWasCancelledBeforeTheConnectionWasThere() {
        try (SlowRelay relay = new SlowRelay(endpoint.port());
                SendingHarness harness = trusting()) {
            String url = "https://hooks.example:" + relay.port();
            Webhook hasty = Webhooks.to(url).timeout(SHORT).build();
            assertThat(harness.send(SendingHarness.event(), hasty, 1)).isInstanceOf(Answer.Failure.class);
            relay.open();
            harness.send(SendingHarness.event(), Webhooks.at(url), 2);
            assertThat(endpoint.request().header("sluice-attempt")).isEqualTo("2");
        }
    }

    /**
     * Has read the certificates, for the client that offers HTTP/2 and for the one that does not: what is sent now begins
     * its handshake at once.
     */
    private SendingHarness connected() {
        SendingHarness harness = trusting();
        harness.answered(Webhooks.at("https://hooks.example:" + endpoint.port()));
        harness.answered(Webhooks.at("https://hooks.example:" + endpoint.port()));
        return harness;
    }

    /** No handshake ends by itself. */
    private SendingHarness trusting() {
        return new SendingHarness(
                List.of("127.0.0.1"),
                hosts,
                Manner.NONE,
                options -> options.setTrustOptions(CERTIFICATE.trustOptions())
                        .setSslHandshakeTimeoutUnit(TimeUnit.HOURS)
                        .setSslHandshakeTimeout(1));
    }
}
