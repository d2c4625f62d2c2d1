package dev.sluice.ingest;

import dev.sluice.access.Caller;
import dev.sluice.access.Gate;
import dev.sluice.access.Role;
import dev.sluice.config.SourceConfig;
import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.source.Arrival;
import dev.sluice.source.Dialect;
import dev.sluice.source.Dialects;
import dev.sluice.source.Reading;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code POST /v1/sources/{source}/events}. Confined to one event loop. */
final class SourceEndpoint {
    private final Intake intake;
    private final Gate gate;
    private final IsoClock clock;
    private final Map<String, Source> sources = new TreeMap<>();

    /** @throws IllegalArgumentException for a dialect that does not exist */
    SourceEndpoint(Intake intake, Gate gate, IsoClock clock, Map<String, SourceConfig> sources) {
        this.intake = intake;
        this.gate = gate;
        this.clock = clock;
        sources.forEach((name, config) -> this.sources.put(name, Source.of(name, config)));
    }

    private record Source(String name, Dialect dialect, SourceToken token) {
        static Source of(String name, SourceConfig config) {
            Dialect dialect = Dialects.find(config.dialect())
                    .orElseThrow(() -> new IllegalArgumentException("sources.%s.dialect: %s (expected: one of %s)"
                            .formatted(name, config.dialect(), Dialects.names())));
            return new Source(name, dialect, new SourceToken(config.token()));
        }
    }

    /** @throws ProblemException before a byte of the body is read */
    void handle(HttpServerRequest request, String name) {
        intake.requireOpen();
        Source source = sources.get(name);
        if (source == null) {
            throw unknown(name);
        }
        Caller caller = admit(request, source);
        intake.requireRoomFor(request);
        Stamp stamp = Stamp.of(caller, request.headers(), clock.now());
        intake.take(request, body -> drafts(request, source, body, stamp), Answers::oneOrDropped);
    }

    /** A source with a token is open to whoever has it; the others want a key. */
    private Caller admit(HttpServerRequest request, Source source) {
        if (source.token().isSet()) {
            source.token().require(request.headers());
            return new Caller("source " + source.name(), Role.PUBLISH, null, source.name());
        }
        Caller caller = gate.admit(request, Role.PUBLISH);
        if (caller.source() != null && !caller.source().equals(source.name())) {
            throw Refusals.forbidden(
                            "source: %s (expected: %s, as the key says)".formatted(source.name(), caller.source()))
                    .asException();
        }
        return caller;
    }

    /** None, if nothing of the event may be kept. */
    private static List<Draft> drafts(HttpServerRequest request, Source source, Buffer body, Stamp stamp) {
        Arrival arrival = new Arrival(source.name(), request.headers(), body, stamp.now());
        Reading reading = source.dialect().read(arrival, source.dialect().defaultRules());
        return reading instanceof Reading.Kept kept ? List.of(draft(source, kept, stamp)) : List.of();
    }

    private static Draft draft(Source source, Reading.Kept kept, Stamp stamp) {
        Attributes described = kept.attributes();
        Faults faults = new Faults();
        DraftBuilder builder = new DraftBuilder(stamp, faults, -1);
        for (int i = 0; i < described.size(); i++) {
            builder.attribute(described.name(i), described.value(i));
        }
        builder.json(kept.body());
        Draft draft = builder.build(stamp.idempotencyKey());
        if (draft == null) {
            throw faults.toProblem().asException();
        }
        return new Draft(draft.attributes(), kept.body(), source.dialect().name(), draft.idempotencyKey());
    }

    private ProblemException unknown(String name) {
        return Problem.of(
                        404,
                        "unknown-source",
                        "Unknown source",
                        "source: %s (expected: one of %s)".formatted(Faults.excerpt(name), sources.keySet()))
                .asException();
    }
}
