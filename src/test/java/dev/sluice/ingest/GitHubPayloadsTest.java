package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.send.SendingHarness;
import dev.sluice.delivery.send.Webhooks;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.memory.Quota;
import dev.sluice.source.SourceForms;
import dev.sluice.source.provider.Providers;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.ScriptedEndpoint;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * All payloads that GitHub publishes as examples of its webhooks, from the producer to the receiver. They are those of
 * {@code @octokit/webhooks-examples} 7.6.1 (MIT licence), each in a line behind the name of its event and what
 * {@code openssl dgst -sha256 -mac HMAC} says of it as JSON and as a form.
 */
class GitHubPayloadsTest {
    private static final String SECRET = "It's a Secret to Everybody";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final IngestServer server =
            new IngestServer(new IngestLimits(1 << 20, 1000, new Quota(20_000_000)), IngestServer.nobody());
    private final SendingHarness sending = new SendingHarness();
    private final ScriptedEndpoint receiver = new ScriptedEndpoint();
    private final RawHttp github = server.connect();

    /** @param json what openssl says of the body, and {@code form} of the field {@code payload} with it */
    private record Payload(String event, String json, String form, String body) {
        static Payload read(String line) {
            String[] parts = line.split("\t", 4);
            return new Payload(parts[0], parts[1], parts[2], parts[3]);
        }
    }

    @BeforeEach
    void makeTheSource() {
        SourceForms forms = new SourceForms(InstantSource.system(), Providers.builtIn());
        server.sources.save(forms.create(
                null,
                new JsonObject().put("name", "gh").put("provider", "github").put("secret", SECRET)));
    }

    @AfterEach
    void close() {
        github.close();
        receiver.close();
        sending.close();
        server.close();
    }

    @Test
    void eachPublishedPayloadVerifiesAtTheReceiver() throws IOException {
        List<Payload> payloads = payloads();
        assertThat(payloads).hasSize(329);
        for (Payload payload : payloads) {
            arrives(payload, "application/json", payload.json(), payload.body());
        }
    }

    @Test
    void eachPublishedPayloadVerifiesAtTheReceiverAsAForm() throws IOException {
        for (Payload payload : payloads()) {
            String form = "payload=" + URLEncoder.encode(payload.body(), StandardCharsets.UTF_8);
            arrives(payload, FORM, payload.form(), form);
        }
    }

    private void arrives(Payload payload, String contentType, String signature, String body) {
        String headers = "Content-Type: %s\r\nX-GitHub-Event: %s\r\nX-Hub-Signature-256: sha256=%s\r\n"
                .formatted(contentType, payload.event(), signature);
        RawHttp.Response taken =
                github.post("/v1/sources/gh/events", headers, body).read();
        assertThat(taken.status()).as(taken.body()).isEqualTo(202);

        List<Draft> drafts = server.journal.drafts();
        Draft draft = drafts.get(drafts.size() - 1);
        String action = new JsonObject(payload.body()).getString("action");
        Event event = new Event(new EventId("evt_1"), draft.attributes(), draft.data(), draft.dialect());
        assertThat(event.type()).isEqualTo(action == null ? payload.event() : payload.event() + "." + action);
        sending.send(event, Webhooks.at(receiver.url()), 1);

        List<RecordedRequest> requests = receiver.requests();
        RecordedRequest request = requests.get(requests.size() - 1);
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
