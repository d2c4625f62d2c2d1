package dev.sluice.ingest;

import dev.sluice.source.SourceForms;
import dev.sluice.source.provider.Providers;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;

/** A source that the test makes, and requests of its producer. */
abstract class SendersHarness {
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T09:14:10Z"));
    static final SourceForms FORMS = new SourceForms(CLOCK, Providers.builtIn());
    static final String BODY = "{\"type\":\"a\"}";

    final IngestServer server = IngestServer.locked(CLOCK);

    @AfterEach
    void close() {
        server.close();
    }

    void provider(String name, String secret) {
        make(new JsonObject().put("provider", name).put("secret", secret).encode());
    }

    void make(String members) {
        JsonObject source = new JsonObject(members.replace('\'', '"')).put("name", "any");
        if (!source.containsKey("provider") && !source.containsKey("dialect")) {
            source.put("dialect", "generic");
        }
        server.sources.delete("any", 1);
        server.sources.save(FORMS.create(null, source));
    }

    int post(String headers, String body) {
        return server.post("/v1/sources/any/events", headers, body).status();
    }

    static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
