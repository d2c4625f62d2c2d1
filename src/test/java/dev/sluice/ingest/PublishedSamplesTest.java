package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.source.SourceForms;
import dev.sluice.source.provider.Providers;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that the makers of these systems publish with the secret that signed them, in their documentation or in the tests of
 * their libraries; each file says where. Nothing here computes a signature.
 */
class PublishedSamplesTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "published");

    private Instant now = Instant.EPOCH;
    private final IngestServer server = IngestServer.locked(() -> now);

    @AfterEach
    void close() {
        server.close();
    }

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void letsInWhatItsMakerSignedAndNothingElse(Path file) throws IOException {
        JsonObject sample = new JsonObject(Files.readString(file));
        now = Instant.parse(sample.getString("at"));
        make(sample);
        String body = sample.getString("body");
        String type = sample.getString("type");

        Response taken = send(sample, body);
        if (type == null) { // it is of the signature alone, and says of no event what it is
            assertThat(taken.status()).as(taken.body()).isEqualTo(400);
        } else {
            assertThat(taken.status()).as(taken.body()).isBetween(200, 299);
            assertThat(server.journal.drafts().get(0).attributes().get(Attributes.TYPE))
                    .isEqualTo(type);
        }
        int events = server.journal.drafts().size();

        Response altered = send(sample, altered(body));
        assertThat(altered.status()).as(altered.body()).isEqualTo(401);
        assertThat(server.journal.drafts()).hasSize(events);
    }

    private void make(JsonObject sample) {
        JsonObject said = new JsonObject()
                .put("name", "any")
                .put("provider", sample.getString("provider"))
                .put("secret", sample.getString("secret"));
        if (sample.containsKey("url")) {
            said.put("url", sample.getString("url"));
        }
        SourceForms forms = new SourceForms(InstantSource.system(), Providers.builtIn());
        server.sources.save(forms.create(null, said));
    }

    /** Something that is signed: of Adyen that is an amount, of a form a field, of any other the bytes. */
    private static String altered(String body) {
        return body.contains("\"value\":1130") ? body.replace("1130", "1131") : body.replaceFirst("[a-z]", "z");
    }

    private Response send(JsonObject sample, String body) {
        String headers = sample.getJsonObject("headers").stream()
                .map(header -> "%s: %s\r\n".formatted(header.getKey(), header.getValue()))
                .collect(Collectors.joining());
        String url = sample.getString("url", "");
        String query = url.contains("?") ? url.substring(url.indexOf('?')) : "";
        try (RawHttp http = server.connect()) {
            return http.post("/v1/sources/any/events" + query, headers, body).read();
        }
    }
}
