package dev.sluice.ingest.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import dev.sluice.http.JsonText;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of events (CloudEvents JSON batch format 1.0). All of them, or none. */
final class BatchDecoder implements Decoder {
    private final int maxEvents;

    BatchDecoder(int maxEvents) {
        this.maxEvents = maxEvents;
    }

    @Override
    public List<Draft> decode(MultiMap headers, Buffer body, Stamp stamp) {
        JsonText text = JsonText.of(body);
        EventFaults faults = new EventFaults();
        Claim claim = stamp.claim(text);
        List<Draft> drafts = text.read(parser -> events(text, parser, stamp, claim, faults));
        if (!faults.isEmpty()) {
            throw faults.toProblem().asException();
        }
        return drafts;
    }

    private List<Draft> events(JsonText text, JsonParser parser, Stamp stamp, @Nullable Claim claim, EventFaults faults)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Refusals.invalidBatch().asException();
        }
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == maxEvents) {
                throw Refusals.batchTooLarge(maxEvents).asException();
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                faults.add("/" + i, Refusals.notAnEvent("event " + i).detail());
                parser.skipChildren();
                continue;
            }
            DraftBuilder builder = new DraftBuilder(stamp, faults, i);
            EventReader.read(text, parser, builder);
            Identity first = drafts.isEmpty() ? null : drafts.get(0).identity();
            Draft draft = builder.build(claim == null || first == null ? claim : claim.at(i, first));
            if (draft != null) {
                drafts.add(draft);
            }
        }
        return drafts;
    }
}
