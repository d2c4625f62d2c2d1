package dev.sluice.ingest;

import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.http.JsonText;
import dev.sluice.http.PlainText;
import dev.sluice.ingest.decode.Refusals;
import dev.sluice.source.Source;
import dev.sluice.source.Sources;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an event that a system other than the CMS tells about: {@code event}, {@code model}, {@code entry} and what
 * else the dialect knows. Unlike what a CMS sends they are read as a tree, as the envelope is built anew from them.
 */
final class EmittedParts {
    private static final String SOURCE = "source";
    /** Members of a plain event only. */
    private static final Set<String> PLAIN = Set.of("type", "data", "data_base64");
    /** The members that name the event, in the dialects. */
    private static final Set<String> NAMES = Set.of("event", "trigger_uid", "e_c");

    private EmittedParts() {}

    /**
     * Without {@code source}, which is not of the envelope.
     *
     * @throws dev.sluice.http.ProblemException 400 for what is no JSON object
     */
    static JsonObject read(Buffer json) {
        JsonText.of(json).check();
        if (Json.decodeValue(json) instanceof JsonObject parts) {
            PlainText.requireUnicode(parts);
            parts.remove(SOURCE);
            return parts;
        }
        throw Refusals.notAnEvent("the body").asException();
    }

    /**
     * The source whose dialect makes an event of this body; null for a plain event, and for what is no object.
     *
     * @throws dev.sluice.http.ProblemException 400 for what is no JSON
     */
    static @Nullable Source source(Buffer body, Sources sources) {
        boolean isObject = JsonText.of(body).read(parser -> {
            boolean isBrace = parser.currentToken() == JsonToken.START_OBJECT;
            parser.skipChildren();
            return isBrace;
        });
        JsonObject parts = isObject ? new JsonObject(body) : new JsonObject();
        boolean isPlain = PLAIN.stream().anyMatch(parts::containsKey);
        boolean hasName = NAMES.stream().anyMatch(parts::containsKey);
        if (isPlain || !hasName || !(parts.getValue(SOURCE) instanceof String name)) {
            return null;
        }
        Source source = sources.find(name);
        return source == null || source.isGeneric() ? null : source;
    }
}
