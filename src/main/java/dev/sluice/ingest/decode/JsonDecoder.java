package dev.sluice.ingest.decode;

import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.event.Draft;
import dev.sluice.http.JsonText;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event as a JSON object. */
public final class JsonDecoder implements Decoder {
    public static final JsonDecoder PLAIN = new JsonDecoder(false);
    /** Refuses what is not a CloudEvent 1.0. */
    static final JsonDecoder STRICT = new JsonDecoder(true);

    private final boolean strict;

    private JsonDecoder(boolean strict) {
        this.strict = strict;
    }

    @Override
    public List<Draft> decode(MultiMap headers, Buffer body, Stamp stamp) {
        JsonText text = JsonText.of(body);
        return List.of(decode(text, stamp, stamp.claim(text)));
    }

    /** @param claim on this event by the request, or null */
    public Draft decode(JsonText text, Stamp stamp, @Nullable Claim claim) {
        EventFaults faults = new EventFaults();
        DraftBuilder builder = new DraftBuilder(stamp, faults, -1);
        text.read(parser -> {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                throw Refusals.BATCH_AS_EVENT.asException();
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw Refusals.notAnEvent("the body").asException();
            }
            EventReader.read(text, parser, builder);
            return builder;
        });
        if (strict) {
            builder.requireAll();
        }
        Draft draft = builder.build(claim);
        if (draft == null) {
            throw faults.toProblem().asException();
        }
        return draft;
    }
}
