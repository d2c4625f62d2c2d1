package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.event.Draft;
import dev.sluice.http.Problem;
import dev.sluice.http.Problem.FieldError;
import dev.sluice.http.ProblemException;
import dev.sluice.ingest.decode.Decoder;
import dev.sluice.ingest.decode.Format;
import dev.sluice.ingest.decode.Stamp;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Short ways to decode in tests. */
public final class Decoding {
    public static final String NOW = "2026-11-21T09:14:04.000Z";
    public static final Stamp ANYBODY = new Stamp(null, null, "key_1\n/v1/events", null, NOW, 0);
    public static final int MAX_EVENTS = 5000;
    public static final MultiMap NO_HEADERS = MultiMap.caseInsensitiveMultiMap();

    private Decoding() {}

    public static Draft one(Format format, String body) {
        return all(format, body, ANYBODY).get(0);
    }

    public static Draft json(String body) {
        return one(Format.JSON, body);
    }

    public static List<Draft> all(Format format, String body, Stamp stamp) {
        return Decoder.of(format, MAX_EVENTS).decode(NO_HEADERS, Buffer.buffer(body), stamp);
    }

    public static Problem refusal(Format format, String body) {
        return refusal(format, body, ANYBODY);
    }

    public static Problem refusal(Format format, String body, Stamp stamp) {
        return catchThrowableOfType(ProblemException.class, () -> all(format, body, stamp))
                .problem();
    }

    public static List<String> pointers(Problem problem) {
        return problem.errors().stream().map(FieldError::pointer).toList();
    }
}
