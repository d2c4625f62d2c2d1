package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RecordedRequest;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * All payloads that GitHub publishes as examples of its webhooks, from the producer to the receiver. They are those of
 * {@code @octokit/webhooks-examples} 7.6.1 (MIT licence), each in a line behind the name of its event and what
 * {@code openssl dgst -sha256 -mac HMAC} says of it as JSON and as a form.
 */
class GitHubPayloadsTest {
    private static final String SECRET = "It's a Secret to Everybody";

    private final Passage passage = new Passage(InstantSource.system());

    /** @param json what openssl says of the body, and {@code form} of the field {@code payload} with it */
    private record Payload(String event, String json, String form, String body) {
        static Payload read(String line) {
            String[] parts = line.split("\t", 4);
            return new Payload(parts[0], parts[1], parts[2], parts[3]);
        }
    }

    @AfterEach
    void close() {
        passage.close();
    }

    @Test
    void eachPublishedPayloadVerifiesAtTheReceiver() throws IOException {
        passage.source("github", SECRET);
        List<Payload> payloads = payloads();
        assertThat(payloads).hasSize(329);
        for (Payload payload : payloads) {
            arrives(payload, "application/json", payload.json(), payload.body());
        }
    }

    @Test
    void eachPublishedPayloadVerifiesAtTheReceiverAsAForm() throws IOException {
        passage.source("github", SECRET);
        for (Payload payload : payloads()) {
            String form = "payload=" + URLEncoder.encode(payload.body(), StandardCharsets.UTF_8);
            arrives(payload, "application/x-www-form-urlencoded", payload.form(), form);
        }
    }

    private void arrives(Payload payload, String contentType, String signature, String body) {
        RecordedRequest request = passage.carries(
                "Content-Type: %s\r\nX-GitHub-Event: %s\r\nX-Hub-Signature-256: sha256=%s\r\n"
                        .formatted(contentType, payload.event(), signature),
                body);
        String action = new JsonObject(payload.body()).getString("action");
        assertThat(passage.lastEvent().type())
                .isEqualTo(action == null ? payload.event() : payload.event() + "." + action);
        assertThat(request.header("x-hub-signature-256")).isEqualTo("sha256=" + signature);
        assertThat(request.header("x-github-event")).isEqualTo(payload.event());
        assertThat(request.header("content-type")).isEqualTo(contentType);
        assertThat(request.text()).isEqualTo(body);
    }

    private static List<Payload> payloads() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(GitHubPayloadsTest.class.getResourceAsStream("/github/payloads.tsv.gz")),
                StandardCharsets.UTF_8))) {
            return lines.lines().map(Payload::read).toList();
        }
    }
}
