package dev.sluice.ingest;

import dev.sluice.event.Attributes;
import dev.sluice.event.Carried;
import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import dev.sluice.event.Receipt;
import dev.sluice.http.JsonText;
import dev.sluice.http.ProblemException;
import dev.sluice.ingest.body.Admission;
import dev.sluice.ingest.body.Gunzip;
import dev.sluice.ingest.decode.Claim;
import dev.sluice.ingest.decode.ContentEncoding;
import dev.sluice.ingest.decode.DraftBuilder;
import dev.sluice.ingest.decode.EventFaults;
import dev.sluice.ingest.decode.Refusals;
import dev.sluice.ingest.decode.Stamp;
import dev.sluice.source.Sightings;
import dev.sluice.source.Source;
import dev.sluice.source.dialect.Arrival;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.place.Letter;
import dev.sluice.source.privacy.Redacted;
import dev.sluice.source.recipe.Answer;
import dev.sluice.source.recipe.Each;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came to a source, from its body, or from the parts of it, to the answer. Use once; confined to one event loop. */
final class SourceRequest {
    private final Intake intake;
    private final Sightings sightings;
    private final Source source;
    private final Stamp stamp;
    private final MultiMap headers;
    private final @Nullable String query;
    private final ContentEncoding encoding;
    private final String method;
    /** In the order of the events. */
    private final List<Reading> readings = new ArrayList<>();

    /** Its headers are not those of the system. */
    private boolean isEmitted;

    private boolean areCarried;
    private @Nullable String carried;

    private @Nullable Letter letter;
    /** To what is no event. */
    private @Nullable Answer greeting;

    /** Of the first event; null without a key. */
    private @Nullable Claim claim;

    /** @throws ProblemException 415 for a body that is packed in another way than gzip */
    SourceRequest(Intake intake, Sightings sightings, Source source, HttpServerRequest request, Stamp stamp) {
        this.intake = intake;
        this.sightings = sightings;
        this.source = source;
        this.stamp = stamp;
        this.headers = request.headers();
        this.query = request.query();
        this.encoding = ContentEncoding.of(headers);
        this.method = request.method().name();
    }

    /**
     * None, if nothing of it may be kept.
     *
     * @param sent the body as it came
     * @throws ProblemException 400 for a body that is not of the dialect
     */
    List<Draft> drafts(Buffer sent, Admission.Hold hold) {
        try {
            Buffer body = plain(sent, hold);
            if (!source.isGeneric()) {
                body = JsonText.of(body).bytes();
            }
            Arrival arrival = new Arrival(source.name(), headers, query, body, stamp.now());
            return isGreeting(arrival) ? List.of() : read(sent, arrival);
        } catch (ProblemException refused) {
            sightings.refused(source.name());
            sightings.refused(
                    source.name(),
                    () -> source.refused(method, headers, sent, refused.problem(), Instant.parse(stamp.now())));
            throw refused;
        }
    }

    private boolean isGreeting(Arrival arrival) {
        if (source.recipe().handshakes().isEmpty()) {
            return false;
        }
        letter = arrival.letter(List.of());
        greeting = source.recipe().greeting(method, true, letter, source.auth().secrets());
        return greeting != null;
    }

    private Buffer plain(Buffer sent, Admission.Hold hold) {
        boolean isPacked = encoding == ContentEncoding.GZIP;
        return isPacked ? Gunzip.whole(sent, intake.limits().maxBodyBytes(), hold) : sent;
    }

    List<Draft> emitted(Buffer sent, Admission.Hold hold) {
        return emitted(plain(sent, hold));
    }

    /**
     * As of the body that the CMS would have sent.
     *
     * @param json the parts, as an object, unpacked
     * @throws ProblemException 400 for parts that make no event of the dialect
     */
    List<Draft> emitted(Buffer json) {
        isEmitted = true;
        try {
            Buffer body = source.dialect().envelope(EmittedParts.read(json), Instant.parse(stamp.now()));
            return read(json, new Arrival(source.name(), headers, body, stamp.now()));
        } catch (ProblemException refused) {
            sightings.refused(source.name());
            throw refused;
        }
    }

    /** @param sent what the envelope was made of, or the body as it came */
    private List<Draft> read(Buffer sent, Arrival arrival) {
        Each each = source.recipe().each();
        if (each == null) {
            boolean isPacked = source.isGeneric() && arrival.body() != sent && !isEmitted;
            return read(sent, arrival, isPacked ? sent : null, null);
        }
        List<Draft> drafts = new ArrayList<>();
        Letter whole = arrival.letter(List.of());
        List<Buffer> elements = each.of(arrival.body(), intake.limits().maxPendingEvents());
        requireFewHeaders(elements.size());
        for (Buffer element : elements) {
            Draft first = drafts.isEmpty() ? null : drafts.get(0);
            drafts.addAll(read(sent, arrival.of(element, whole), null, first));
        }
        return drafts;
    }

    /** Each event has all of them: they count as the body does. */
    private void requireFewHeaders(int elements) {
        int most = intake.limits().maxBodyBytes();
        String text = carried(true);
        if (text != null && (long) elements * text.length() > most) {
            throw Refusals.tooLarge(most).asException();
        }
    }

    /** The headers that go on, made once for all events of the request; null for none. */
    private @Nullable String carried(boolean isChanged) {
        boolean carries = source.isGeneric() && !isEmitted;
        if (carries && !areCarried) {
            areCarried = true;
            carried = Carried.write(source.carried(headers, isChanged));
        }
        return carried;
    }

    /**
     * @param packed what the body was unpacked from, or null
     * @param first  of the request, or null
     */
    private List<Draft> read(Buffer sent, Arrival arrival, @Nullable Buffer packed, @Nullable Draft first) {
        Reading read = source.dialect().read(arrival, source.rules());
        readings.add(read);
        return read instanceof Reading.Kept kept ? List.of(draft(kept, sent, packed, first)) : List.of();
    }

    private Draft draft(Reading.Kept kept, Buffer sent, @Nullable Buffer packed, @Nullable Draft first) {
        boolean isAsItCame = kept.redactions().isEmpty() && source.recipe().each() == null;
        boolean isPacked = isAsItCame && packed != null;
        Buffer data =
                isAsItCame && packed != null ? packed : kept.isJson() ? SourceRequest.json(kept.body()) : kept.body();
        EventFaults faults = new EventFaults();
        DraftBuilder builder = described(kept, data, faults);
        if (!source.enabled()) {
            builder.own(Attributes.MUTED, "true");
        }
        if (isPacked) {
            builder.own(Attributes.ENCODING, "gzip");
        }
        String text = carried(!isAsItCame);
        if (text != null) {
            builder.own(Attributes.HEADERS, text);
        }
        Draft draft = builder.build(claim(kept.type(), sent, first));
        if (draft == null) {
            throw faults.toProblem().asException();
        }
        return new Draft(draft.attributes(), data, source.dialect().name(), identity(draft, kept.type()));
    }

    private DraftBuilder described(Reading.Kept kept, Buffer data, EventFaults faults) {
        Attributes described = kept.attributes();
        DraftBuilder builder = new DraftBuilder(stamp, faults, -1);
        for (int i = 0; i < described.size(); i++) {
            builder.attribute(described.name(i), described.value(i));
        }
        if (data.length() > 0 && kept.isJson()) {
            builder.json(data);
        } else if (data.length() > 0) {
            builder.bytes(data);
        }
        return builder;
    }

    /** A byte order mark could not stand where JSON is put into other text. */
    private static Buffer json(Buffer body) {
        boolean hasMark = body.length() >= 3 && body.getByte(0) == (byte) 0xEF;
        return hasMark ? JsonText.of(body).bytes() : body;
    }

    /** Systems name the thing that an event is about, and say with the type what became of it. */
    private @Nullable Identity identity(Draft draft, String type) {
        Identity identity = draft.identity();
        boolean isOfEvent = identity != null && identity.digest() == null && source.isGeneric();
        return identity != null && isOfEvent ? Identity.of(identity.key() + '\n' + type) : identity;
    }

    /** The type may come from a header; the rest is in the body, or changes each time. */
    private @Nullable Claim claim(String type, Buffer sent, @Nullable Draft first) {
        Identity ofFirst = first == null ? null : first.identity();
        if (claim == null || ofFirst == null) {
            claim = stamp.claim(sent, Attributes.builder().set(Attributes.TYPE, type));
            return claim;
        }
        return claim.at(readings.size() - 1, ofFirst);
    }

    private void tell(Reading reading) {
        if (reading instanceof Reading.Dropped) {
            sightings.dropped(source.name(), reading.type());
            intake.dropped();
        } else {
            sightings.kept(source.name(), reading.type());
            Redacted redacted = ((Reading.Kept) reading).redacted();
            if (!redacted.matched().isEmpty() || !redacted.unmatched().isEmpty()) {
                sightings.ruled(source.name(), redacted.matched(), redacted.unmatched());
            }
        }
    }

    void answer(HttpServerResponse response, List<Receipt> receipts) {
        if (greeting != null && letter != null) {
            greeting.send(response, letter, source.auth().secrets());
            return;
        }
        int next = 0;
        for (Reading reading : readings) {
            boolean isNews =
                    reading instanceof Reading.Dropped || receipts.get(next++).isStored();
            if (isNews) {
                tell(reading);
            }
        }
        Answer wanted = source.recipe().answer();
        if (wanted != null && !isEmitted) {
            Letter nothing = new Letter(headers, query, Buffer.buffer(), Buffer.buffer(), List.of());
            wanted.send(response, nothing, source.auth().secrets());
            return;
        }
        boolean isSingle = source.recipe().each() == null;
        if (isSingle && readings.get(0) instanceof Reading.Dropped dropped) {
            Answers.dropped(response, dropped.rule());
        } else if (isSingle) {
            Answers.one(response, receipts);
        } else {
            Answers.batch(response, receipts);
        }
    }
}
