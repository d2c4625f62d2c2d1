package dev.sluice.ingest;

import dev.sluice.access.Caller;
import dev.sluice.access.Gate;
import dev.sluice.access.Role;
import dev.sluice.http.Visit;
import dev.sluice.ingest.body.Admission;
import dev.sluice.ingest.body.Gunzip;
import dev.sluice.ingest.decode.ContentEncoding;
import dev.sluice.ingest.decode.Decoder;
import dev.sluice.ingest.decode.Format;
import dev.sluice.ingest.decode.IsoClock;
import dev.sluice.ingest.decode.Stamp;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** {@code POST /v1/events}. Confined to one event loop. */
final class EventsEndpoint {
    private final Intake intake;
    private final Gate gate;
    private final IsoClock clock;
    private final SourceEndpoint sources;

    EventsEndpoint(Intake intake, Gate gate, IsoClock clock, SourceEndpoint sources) {
        this.intake = intake;
        this.gate = gate;
        this.clock = clock;
        this.sources = sources;
    }

    /** @throws dev.sluice.http.ProblemException before a byte of the body is read */
    void handle(HttpServerRequest request, Visit visit) {
        intake.requireOpen();
        Caller caller = gate.admit(request, Role.PUBLISH);
        Format format = Format.of(request.headers());
        Stamp stamp = Stamp.of(caller, request, clock.now());
        if (format == Format.NDJSON) {
            intake.streams().requireOpen();
            new NdjsonStream(request, intake, stamp, clock, visit).start();
            return;
        }
        intake.requireRoomFor(request);
        ContentEncoding encoding = ContentEncoding.of(request.headers());
        if (format == Format.JSON) {
            JsonRequest json = new JsonRequest(request, stamp, sources);
            intake.take(request, (body, hold) -> json.drafts(plain(encoding, body, hold)), json::answer);
            return;
        }
        Decoder decoder = Decoder.of(format, intake.limits().maxPendingEvents());
        intake.take(
                request,
                (body, hold) -> decoder.decode(request.headers(), plain(encoding, body, hold), stamp),
                format == Format.BATCH ? Answers::batch : Answers::one);
    }

    private Buffer plain(ContentEncoding encoding, Buffer body, Admission.Hold hold) {
        return encoding == ContentEncoding.NONE
                ? body
                : Gunzip.whole(body, intake.limits().maxBodyBytes(), hold);
    }
}
