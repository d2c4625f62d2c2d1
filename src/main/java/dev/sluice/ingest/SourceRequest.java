package dev.sluice.ingest;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import dev.sluice.http.JsonText;
import dev.sluice.http.ProblemException;
import dev.sluice.ingest.decode.Claim;
import dev.sluice.ingest.decode.DraftBuilder;
import dev.sluice.ingest.decode.EventFaults;
import dev.sluice.ingest.decode.Stamp;
import dev.sluice.source.Sightings;
import dev.sluice.source.Source;
import dev.sluice.source.dialect.Arrival;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.privacy.Redacted;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event of a CMS, from its body, or from the parts of it, to the answer. Use once; confined to one event loop. */
final class SourceRequest {
    private final Intake intake;
    private final Sightings sightings;
    private final Source source;
    private final MultiMap headers;
    private final Stamp stamp;
    private @Nullable Reading reading;

    SourceRequest(Intake intake, Sightings sightings, Source source, MultiMap headers, Stamp stamp) {
        this.intake = intake;
        this.sightings = sightings;
        this.source = source;
        this.headers = headers;
        this.stamp = stamp;
    }

    /**
     * None, if nothing of the event may be kept.
     *
     * @throws ProblemException 400 for a body that is not of the dialect
     */
    List<Draft> drafts(Buffer body) {
        try {
            return read(body, JsonText.of(body).bytes());
        } catch (ProblemException refused) {
            sightings.refused(source.name());
            throw refused;
        }
    }

    /**
     * As of the body that the CMS would have sent.
     *
     * @param json the parts, as an object
     * @throws ProblemException 400 for parts that make no event of the dialect
     */
    List<Draft> emitted(Buffer json) {
        try {
            return read(json, source.dialect().envelope(EmittedParts.read(json), Instant.parse(stamp.now())));
        } catch (ProblemException refused) {
            sightings.refused(source.name());
            throw refused;
        }
    }

    /** @param sent what the envelope was made of, or the envelope itself */
    private List<Draft> read(Buffer sent, Buffer body) {
        Reading read = source.dialect().read(new Arrival(source.name(), headers, body, stamp.now()), source.rules());
        List<Draft> drafts = read instanceof Reading.Kept kept ? List.of(draft(kept, sent)) : List.of();
        reading = read;
        return drafts;
    }

    private Draft draft(Reading.Kept kept, Buffer sent) {
        Attributes described = kept.attributes();
        EventFaults faults = new EventFaults();
        DraftBuilder builder = new DraftBuilder(stamp, faults, -1);
        for (int i = 0; i < described.size(); i++) {
            builder.attribute(described.name(i), described.value(i));
        }
        builder.json(kept.body());
        Draft draft = builder.build(claim(kept.type(), sent));
        if (draft == null) {
            throw faults.toProblem().asException();
        }
        Attributes attributes = source.enabled() ? draft.attributes() : muted(draft.attributes());
        return new Draft(attributes, kept.body(), source.dialect().name(), draft.identity());
    }

    /** The type may come from a header; the rest is in the body, or changes each time. */
    private @Nullable Claim claim(String type, Buffer sent) {
        return stamp.claim(sent, Attributes.builder().set(Attributes.TYPE, type));
    }

    private static Attributes muted(Attributes attributes) {
        return Attributes.builder()
                .setAll(attributes)
                .set(Attributes.MUTED, "true")
                .build();
    }

    private void tell(Reading.Kept kept) {
        Redacted redacted = kept.redacted();
        if (!redacted.matched().isEmpty() || !redacted.unmatched().isEmpty()) {
            sightings.ruled(source.name(), redacted.matched(), redacted.unmatched());
        }
    }

    void answer(HttpServerResponse response, List<Receipt> receipts) {
        if (reading instanceof Reading.Dropped dropped) {
            sightings.dropped(source.name(), dropped.type());
            intake.dropped();
            Answers.dropped(response, dropped.rule());
            return;
        }
        if (reading != null && receipts.get(0).isStored()) {
            sightings.kept(source.name(), reading.type());
            tell((Reading.Kept) reading);
        }
        Answers.one(response, receipts);
    }
}
