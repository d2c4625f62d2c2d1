package dev.sluice.admin.web;

import dev.sluice.http.JsonText;
import dev.sluice.http.PlainText;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.http.UnsaidType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body that must be a JSON object. The type must be said: a form or {@code text/plain} is what a page of another
 * site can make a browser send without asking.
 */
final class JsonBody {
    static final Set<String> JSON = Set.of("application/json");
    static final Set<String> MERGE_PATCH = Set.of("application/merge-patch+json", "application/json");

    private JsonBody() {}

    /** @throws ProblemException 415 for another type, 400 {@code malformed-json} for what is no JSON object */
    static JsonObject object(@Nullable Buffer body, @Nullable String contentType, Set<String> accepted) {
        Buffer text = text(body, contentType, accepted);
        JsonText.of(text).check();
        if (Json.decodeValue(text) instanceof JsonObject object) {
            PlainText.requireUnicode(object);
            return object;
        }
        throw malformed("not an object (expected: a JSON object)");
    }

    /** @throws ProblemException 415 for another type, 400 {@code malformed-json} for no body; what is in it is not read */
    static Buffer text(@Nullable Buffer body, @Nullable String contentType, Set<String> accepted) {
        if (!accepted.contains(essence(contentType))) {
            throw Problem.of(
                            415,
                            "unsupported-media-type",
                            "Unsupported media type",
                            "Content-Type: %s (expected: %s)%s"
                                    .formatted(
                                            contentType == null ? "missing" : contentType,
                                            String.join(" or ", accepted),
                                            UnsaidType.hint(contentType)))
                    .asException();
        }
        if (body == null || body.length() == 0) {
            throw malformed("empty (expected: a JSON object)");
        }
        return body;
    }

    private static ProblemException malformed(String detail) {
        return Problem.of(400, "malformed-json", "Malformed JSON", detail).asException();
    }

    private static String essence(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int parameters = contentType.indexOf(';');
        String essence = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return essence.strip().toLowerCase(Locale.ROOT);
    }
}
