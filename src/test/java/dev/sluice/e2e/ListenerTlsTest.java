package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.boot.StartFailure;
import dev.sluice.testing.Certificates;
import dev.sluice.testing.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A pod that speaks TLS on both of its listeners. */
class ListenerTlsTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @TempDir
    static Path folder;

    private static Path certificate;
    private static Path key;
    private static TestPod pod;

    @BeforeAll
    static void start() throws IOException {
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        put("address");
        Path declared = Files.createDirectory(folder.resolve("declared"));
        Files.writeString(declared.resolve("hooks.yaml"), """
                webhooks:
                  - name: declared
                    url: https://hooks.example/
                """);
        pod = TestPod.start(
                REDIS.uri(),
                "SLUICE_HTTP_TLS_CERTIFICATE_FILE",
                certificate.toString(),
                "SLUICE_HTTP_TLS_KEY_FILE",
                key.toString(),
                "SLUICE_MANAGEMENT_TLS_CERTIFICATE_FILE",
                certificate.toString(),
                "SLUICE_MANAGEMENT_TLS_KEY_FILE",
                key.toString(),
                "SLUICE_DATA_DECLARED_DIR",
                declared.toString());
    }

    @AfterAll
    static void stop() {
        pod.close();
    }

    private static void put(String name) throws IOException {
        Files.writeString(certificate, Certificates.pem(name + ".pem"));
        Files.writeString(key, Certificates.pem(name + ".key"));
    }

    private static X509Certificate shown(int port) {
        try (SSLSocket socket =
                (SSLSocket) Certificates.trustingAnybody().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static X509Certificate known(String name) throws GeneralSecurityException, IOException {
        try (var stream = Files.newInputStream(Path.of(Certificates.path(name + ".pem")))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
        }
    }

    private static HttpResponse<String> send(HttpClient.Version version, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(Certificates.trustingAnybody())
                .build();
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder event() {
        return HttpRequest.newBuilder(URI.create(pod.url() + "/v1/events"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"type\":\"order.paid\"}"));
    }

    @Test
    void takesEventsByHttp2AndByHttp11() throws Exception {
        assertThat(pod.url()).startsWith("https://");
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpResponse<String> answer = send(version, event());
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.version()).isEqualTo(version);
        }
    }

    @Test
    void answersNobodyWhoSpeaksPlainHttp() {
        URI plain = URI.create(pod.url().replace("https://", "http://"));
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(plain).build(), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void callsItselfToDoAsItsFilesSay() {
        await().until(() -> send(
                        HttpClient.Version.HTTP_1_1, HttpRequest.newBuilder(URI.create(pod.url() + "/v1/webhooks")))
                .body()
                .contains("hooks.example"));
    }

    @Test
    void showsARenewedCertificateToWhoComesFromThenOnAndTellsWhenItEnds() throws Exception {
        assertThat(shown(pod.port())).isEqualTo(known("address"));
        renew("localhost");
        renew("address");
        String metrics = send(
                        HttpClient.Version.HTTP_1_1,
                        HttpRequest.newBuilder(URI.create(pod.managementUrl() + "/metrics")))
                .body();
        assertThat(metrics)
                .contains("sluice_listener_certificate_renewals_total{listener=\"http\",outcome=\"renewed\"} 2.0")
                .contains("sluice_listener_certificate_end_timestamp_seconds{listener=\"management\"}");
    }

    private static void renew(String name) throws Exception {
        put(name);
        X509Certificate wanted = known(name);
        await().until(() ->
                shown(pod.port()).equals(wanted) && shown(pod.managementPort()).equals(wanted));
    }

    @Test
    void saysAtTheStartThatOnlyOneOfThePairIsGiven() {
        assertThatThrownBy(() -> TestPod.start(REDIS.uri(), "SLUICE_MANAGEMENT_TLS_KEY_FILE", key.toString()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("management.tls.certificateFile: null (expected: a file");
    }

    @Test
    void saysAtTheStartThatAFileIsMissing() {
        assertThatThrownBy(() -> TestPod.start(
                        REDIS.uri(),
                        "SLUICE_HTTP_TLS_CERTIFICATE_FILE",
                        "/nowhere/tls.crt",
                        "SLUICE_HTTP_TLS_KEY_FILE",
                        key.toString()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("http.tls.certificateFile: /nowhere/tls.crt: is not there");
    }
}
