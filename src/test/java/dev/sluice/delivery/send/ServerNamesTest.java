package dev.sluice.delivery.send;

import static dev.sluice.delivery.send.SendingHarness.address;
import static dev.sluice.testing.Certificates.path;
import static dev.sluice.testing.Certificates.pem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.ConnectProxy;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The name that TLS asks for (RFC 6066, section 3), against a server with several certificates. */
class ServerNamesTest {
    private static final List<String> NAMES =
            List.of("hooks.example", "auth.example", "localhost", "receiver", "RECEIVER", "xn--mller-kva.example");

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, List<InetAddress>> hosts = new HashMap<>();
    /** What the server was asked for, and over which HTTP. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final HttpServer http1 = server(false, "127.0.0.1");
    private final HttpServer http2 = server(true, "127.0.0.1");

    @TempDir
    private Path directory;

    private String caFile;

    @BeforeEach
    void prepare() throws IOException {
        NAMES.forEach(name -> hosts.put(name, List.of(address(name, "127.0.0.1"))));
        hosts.put("receiver.", hosts.get("receiver"));
        caFile = Files.writeString(directory.resolve("ca.pem"), trusted()).toString();
    }

    @AfterEach
    void close() {
        ScriptedEndpoint.await(vertx.close());
    }

    /** What it shows to who names no host is the certificate of nobody else. */
    private HttpServer server(boolean http2, String address) {
        PemKeyCertOptions certificates = new PemKeyCertOptions();
        for (String name : List.of("address", "localhost", "server")) {
            certificates.addCertPath(path(name + ".pem")).addKeyPath(path(name + ".key"));
        }
        return ScriptedEndpoint.await(vertx.createHttpServer(new HttpServerOptions()
                        .setHost(address)
                        .setPort(0)
                        .setSsl(true)
                        .setSni(true)
                        .setUseAlpn(http2)
                        .setKeyCertOptions(certificates))
                .requestHandler(this::answer)
                .listen());
    }

    private void answer(HttpServerRequest request) {
        asked.add(request.version() + " " + request.connection().indicatedServerName());
        request.response()
                .putHeader("content-type", "application/json")
                .end("{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    }

    private static String trusted() {
        return String.join("\n", pem("ca.pem"), pem("localhost.pem"), pem("address.pem"));
    }

    private SendingHarness harness(String proxy) {
        return new SendingHarness(SendingHarness.config(List.of("127.0.0.0/8", "::1"), caFile, proxy), hosts);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "hooks.example, hooks.example",
        "localhost, localhost",
        "receiver, receiver",
        "RECEIVER, receiver",
        "receiver., receiver",
        "xn--mller-kva.example, xn--mller-kva.example",
        "127.0.0.1, null",
    })
    void everyNameIsAskedForAndNoAddressIs(String host, String name) {
        try (SendingHarness harness = harness(null)) {
            for (TlsProfile tls : new TlsProfile[] {null, new TlsProfile(null, null, trusted())}) {
                answered(harness, host, http1, tls);
                answered(harness, host, http2, tls);
            }
        }
        assertThat(asked).containsExactly("HTTP_1_1 " + name, "HTTP_2 " + name, "HTTP_1_1 " + name, "HTTP_2 " + name);
    }

    @Test
    void noneIsAskedForWhereTheUrlHasAnIpv6Address() {
        try (SendingHarness harness = harness(null)) {
            answered(harness, "[::1]", server(true, "::1"), null);
        }
        assertThat(asked).containsExactly("HTTP_2 null");
    }

    @Test
    void aNameWithoutADotIsAskedForThroughAProxyToo() {
        try (ConnectProxy proxy = new ConnectProxy();
                SendingHarness harness = harness(proxy.url())) {
            answered(harness, "receiver", http1, null);
            answered(harness, "localhost", http2, null);
            assertThat(proxy.requests()).hasSize(2);
        }
        assertThat(asked).containsExactly("HTTP_1_1 receiver", "HTTP_2 localhost");
    }

    @Test
    void aNameWithoutADotIsAskedForWhereTokensComeFrom() {
        try (SendingHarness harness = harness(null)) {
            Auth.OAuth2 client = new Auth.OAuth2(
                    URI.create("https://localhost:%d/token".formatted(http2.actualPort())),
                    "client",
                    "secret",
                    null,
                    null,
                    Auth.ClientAuth.BASIC);
            Webhook webhook = Webhooks.to("https://receiver:" + http1.actualPort())
                    .auth(client)
                    .build();
            assertThat(harness.send(webhook)).isInstanceOf(Answer.Status.class);
        }
        assertThat(asked).containsExactly("HTTP_2 localhost", "HTTP_1_1 receiver");
    }

    @Test
    void theCertificateOfAnotherNameIsRefusedAllTheSame() {
        hosts.put("other", List.of(address("other", "127.0.0.1")));
        try (SendingHarness harness = harness(null)) {
            Answer.Failure failure = harness.failed(Webhooks.at("https://other:" + http1.actualPort()));
            assertThat(failure.kind()).isEqualTo(Answer.Kind.TLS);
            assertThat(failure.detail()).startsWith("the certificate is not one for other (");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aNameForWhichThereIsNoCertificateSaysSo() {
        hosts.put("my_service", List.of(address("my_service", "127.0.0.1")));
        try (SendingHarness harness = harness(null)) {
            assertThat(harness.failed(Webhooks.at("https://my_service:" + http1.actualPort()))
                            .detail())
                    .isEqualTo("no certificate can be checked for my_service (expected: a name of letters, digits,"
                            + " hyphens and dots; or http)");
        }
    }

    @Test
    void aNameWithUnderscoresIsCalledWithoutTls() {
        hosts.put("my_service", List.of(address("my_service", "127.0.0.1")));
        try (ScriptedEndpoint plain = new ScriptedEndpoint();
                SendingHarness harness = harness(null)) {
            harness.answered(Webhooks.at("http://my_service:" + plain.port()));
            assertThat(plain.request().header("host")).isEqualTo("my_service:" + plain.port());
        }
    }

    private static void answered(SendingHarness harness, String host, HttpServer server, TlsProfile tls) {
        Answer answer = harness.send(Webhooks.to("https://%s:%d/".formatted(host, server.actualPort()))
                .id("wh_" + server.actualPort() + tls)
                .tls(tls)
                .build());
        assertThat(answer).isInstanceOf(Answer.Status.class);
    }
}
