package dev.sluice.delivery.send;

import static dev.sluice.delivery.send.SendingHarness.address;
import static dev.sluice.testing.Certificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.send.http.Trust;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Certificates;
import dev.sluice.testing.TlsServer;
import io.vertx.core.http.ClientAuth;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates on both sides, over real sockets. */
class TlsProfilesTest {
    private static final TlsProfile NONE = new TlsProfile(null, null, pem("ca.pem"));
    private static final TlsProfile A = client("client-a");
    private static final TlsProfile B = client("client-b");

    private final Map<String, List<InetAddress>> hosts = Map.of(
            "hooks.example", List.of(address("hooks.example", "127.0.0.1")),
            "other.example", List.of(address("other.example", "127.0.0.1")));

    private static TlsProfile client(String name) {
        return new TlsProfile(pem(name + ".pem"), pem(name + ".key"), pem("ca.pem"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void showsTheCertificateOfTheWebhook(boolean http2) {
        try (TlsServer server = new TlsServer("server", http2, ClientAuth.REQUIRED);
                SendingHarness harness = harness()) {
            assertThat(harness.answered(webhook(server, "wh_a", A)).excerpt()).isEqualTo("CN=client a");
            assertThat(harness.answered(webhook(server, "wh_b", B)).excerpt()).isEqualTo("CN=client b");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isRefusedWithoutACertificateAndSaysWhy(boolean http2) {
        try (TlsServer server = new TlsServer("server", http2, ClientAuth.REQUIRED);
                SendingHarness harness = harness()) {
            for (TlsProfile stranger :
                    List.of(NONE, new TlsProfile(pem("server.pem"), pem("server.key"), pem("ca.pem")))) {
                Answer.Failure failure = harness.failed(webhook(server, "wh_none", stranger));

                assertThat(failure.kind()).as(failure.detail()).isEqualTo(Kind.TLS);
                assertThat(failure.detail()).startsWith("the endpoint refused the client certificate, or wants one (");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverMixesTwoProfilesOnOneConnection(boolean http2) {
        try (TlsServer server = new TlsServer("server", http2, ClientAuth.REQUEST);
                SendingHarness harness = harness()) {
            Map<TlsProfile, String> expected = Map.of(A, "CN=client a", B, "CN=client b", NONE, "nobody");
            for (int round = 0; round < 3; round++) {
                expected.forEach((profile, name) -> {
                    List<Answer> answers = harness.sendAtOnce(webhook(server, "wh_" + name, profile), 5);
                    assertThat(answers)
                            .allSatisfy(answer -> assertThat(((Answer.Status) answer).excerpt())
                                    .isEqualTo(name));
                });
            }
        }
    }

    @Test
    void trustsOnlyTheCaOfTheWebhookWhereItNamesOne() {
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE);
                SendingHarness harness = new SendingHarness(
                        SendingHarness.config(List.of("127.0.0.1"), Certificates.path("ca.pem"), null), hosts)) {
            TlsProfile another = new TlsProfile(null, null, pem("clients.pem"));

            assertThat(harness.answered(webhook(server, "wh_1", null)).code()).isEqualTo(200);
            assertThat(harness.answered(webhook(server, "wh_2", NONE)).code()).isEqualTo(200);
            assertThat(harness.failed(webhook(server, "wh_3", another)).detail())
                    .isEqualTo(
                            "nobody whom Sluice trusts vouches for the certificate of hooks.example: it is self-signed,"
                                    + " or of a private CA, which tls.ca of the webhook or delivery.caFile can name");
        }
    }

    @Test
    void trustsACertificateThatTheWebhookNamesItself() {
        TlsProfile pinned = new TlsProfile(null, null, pem("server.pem"));
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE);
                SendingHarness harness = harness()) {
            assertThat(harness.answered(webhook(server, "wh_1", pinned)).code()).isEqualTo(200);
        }
    }

    @Test
    void refusesAnExpiredCertificateAndSaysSo() {
        try (TlsServer server = new TlsServer("expired", true, ClientAuth.NONE);
                SendingHarness harness = harness()) {
            Answer.Failure failure = harness.failed(webhook(server, "wh_1", NONE));

            assertThat(failure.kind()).isEqualTo(Kind.TLS);
            assertThat(failure.detail()).startsWith("the certificate of hooks.example has expired (");
        }
    }

    @Test
    void refusesACertificateForAnotherNameAndSaysSo() {
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE);
                SendingHarness harness = harness()) {
            Webhook webhook =
                    Webhooks.to("https://other.example:" + server.port()).tls(A).build();
            Answer.Failure failure = harness.failed(webhook);

            assertThat(failure.kind()).isEqualTo(Kind.TLS);
            assertThat(failure.detail()).startsWith("the certificate is not one for other.example (");
        }
    }

    @Test
    void saysAtTheStartThatTheCaFileIsNone() {
        for (String file : List.of("/nowhere/ca.pem", Certificates.path("server.key"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Trust.with(file))
                    .withMessageStartingWith("delivery.caFile: " + file);
        }
    }

    @Test
    void servesMoreProfilesThanItKeepsClientsFor() {
        try (TlsServer server = new TlsServer("server", true, ClientAuth.REQUEST);
                SendingHarness harness = harness()) {
            // Each text is a profile of its own, though they name the same CA.
            IntStream.range(0, 300).forEach(i -> {
                TlsProfile profile = new TlsProfile(null, null, "profile %d\n".formatted(i) + pem("ca.pem"));
                assertThat(harness.answered(webhook(server, "wh_" + i, profile)).code())
                        .isEqualTo(200);
            });
        }
    }

    private SendingHarness harness() {
        return new SendingHarness(SendingHarness.config(List.of("127.0.0.1")), hosts);
    }

    private static Webhook webhook(TlsServer server, String id, TlsProfile profile) {
        return Webhooks.to("https://hooks.example:" + server.port())
                .id(id)
                .tls(profile)
                .build();
    }
}
