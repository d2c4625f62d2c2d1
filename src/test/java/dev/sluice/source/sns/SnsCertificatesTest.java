package dev.sluice.source.sns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.ManualTicker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnsCertificatesTest {
    private static final URI URL = URI.create("https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem");

    private final ManualTicker ticker = new ManualTicker();
    private final List<Promise<String>> asked = new ArrayList<>();
    private final SnsCertificates certificates = new SnsCertificates(
            url -> {
                asked.add(Promise.promise());
                return asked.get(asked.size() - 1).future();
            },
            ticker);

    private static String certificate() {
        try (InputStream in =
                Objects.requireNonNull(SnsCertificatesTest.class.getResourceAsStream("/sns/certificate.pem"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void aBurstOfMessagesAsksOnceForTheCertificateThatAllOfThemName() {
        List<Future<X509Certificate>> burst =
                IntStream.range(0, 100).mapToObj(i -> certificates.at(URL)).toList();
        assertThat(asked).hasSize(1);
        asked.get(0).complete(certificate());
        assertThat(burst).allMatch(Future::succeeded);
        assertThat(certificates.at(URL).succeeded()).isTrue();
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatIsNotThereIsNotAskedForAgainForAMinute() {
        certificates.at(URL);
        asked.get(0).fail(new FileNotFoundException("404"));
        assertThat(certificates.at(URL).cause()).hasMessageContaining("was not there within the last minute");
        assertThat(asked).hasSize(1);
        ticker.advance(Duration.ofMinutes(1));
        certificates.at(URL);
        assertThat(asked).hasSize(2);
    }

    @Test
    void anOutageIsOverAsSoonAsItIsOver() {
        certificates.at(URL);
        asked.get(0).fail("connection refused");
        Future<X509Certificate> again = certificates.at(URL);
        asked.get(1).complete(certificate());
        assertThat(again.succeeded()).isTrue();
    }
}
