package dev.sluice.ingest;

import dev.sluice.access.Caller;
import dev.sluice.access.Gate;
import dev.sluice.access.Role;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.ingest.decode.EventFaults;
import dev.sluice.ingest.decode.IsoClock;
import dev.sluice.ingest.decode.Refusals;
import dev.sluice.ingest.decode.Stamp;
import dev.sluice.source.SenderAuth;
import dev.sluice.source.Sightings;
import dev.sluice.source.Source;
import dev.sluice.source.Sources;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/sources/{source}/events}, where a CMS posts its webhooks, and {@code …/emit}, where somebody else has an
 * event made in its manner. Confined to one event loop.
 */
final class SourceEndpoint {
    private static final int UNREADABLE_RETRY = 30;

    private final Intake intake;
    private final Gate gate;
    private final IsoClock clock;
    private final Sources sources;
    private final Sightings sightings;

    SourceEndpoint(Intake intake, Gate gate, IsoClock clock, Sources sources, Sightings sightings) {
        this.intake = intake;
        this.gate = gate;
        this.clock = clock;
        this.sources = sources;
        this.sightings = sightings;
    }

    /** @throws ProblemException before a byte of the body is read */
    void handle(HttpServerRequest request, String name) {
        SourceRequest arrived = open(request, name);
        intake.take(request, arrived::drafts, arrived::answer);
    }

    /** @throws ProblemException before a byte of the body is read */
    void emit(HttpServerRequest request, String name) {
        SourceRequest arrived = open(request, name);
        intake.take(request, arrived::emitted, arrived::answer);
    }

    private SourceRequest open(HttpServerRequest request, String name) {
        intake.requireOpen();
        Source source = sources.find(name);
        if (source == null) {
            throw sources.unreadable().containsKey(name) ? unreadable(name) : unknown(name);
        }
        SourceRequest opened = open(request, source);
        intake.requireRoomFor(request);
        return opened;
    }

    /** @throws ProblemException 401 or 403 for who may not send as this source */
    private SourceRequest open(HttpServerRequest request, Source source) {
        Caller caller = admit(request, source);
        Stamp stamp = source.isGeneric()
                ? Stamp.of(caller, request, request.path(), clock.now())
                : Stamp.of(caller, request, clock.now());
        return new SourceRequest(intake, sightings, source, request, stamp);
    }

    /**
     * For a body that came as a plain event: null if it does not hold the parts of a CMS's.
     *
     * @throws ProblemException 401 or 403 for who may not send as the source that it names
     */
    @Nullable
    SourceRequest named(HttpServerRequest request, Buffer body) {
        Source source = EmittedParts.source(body, sources);
        return source == null ? null : open(request, source);
    }

    /** A source with a secret of its own is open to whoever has it, and as any other to whoever has a key. */
    private Caller admit(HttpServerRequest request, Source source) {
        boolean hasSecret = !(source.auth() instanceof SenderAuth.Key);
        if (hasSecret && source.auth().admits(request.headers())) {
            String sender = "source " + source.name();
            return new Caller(sender, sender, Role.PUBLISH, source.tenant(), source.name());
        }
        if (hasSecret && gate.holder(request) == null) {
            throw unauthorized(source, source.auth().expected() + "; or " + new SenderAuth.Key().expected());
        }
        try {
            return bound(gate.admit(request, Role.PUBLISH), source);
        } catch (ProblemException refused) {
            boolean isUnknown = refused.problem().status() == 401;
            throw isUnknown
                    ? unauthorized(
                            source,
                            "%s. %s"
                                    .formatted(
                                            source.auth().expected(),
                                            refused.problem().detail()))
                    : refused;
        }
    }

    /** Said where the person who sets up the CMS looks for it; the event is lost unless the CMS sends it again. */
    private ProblemException unauthorized(Source source, String expected) {
        sightings.denied(source.name());
        return Problem.of(
                        401,
                        "unauthorized",
                        "Unauthorized",
                        "the sender: not known (expected: for the source '%s' %s)".formatted(source.name(), expected))
                .asException();
    }

    /** Both the key and the source may say whose events they are, but not differently. */
    private static Caller bound(Caller caller, Source source) {
        boolean isOther = caller.source() != null && !caller.source().equals(source.name());
        boolean isForeign = source.tenant() != null
                && caller.tenant() != null
                && !source.tenant().equals(caller.tenant());
        if (isOther || isForeign) {
            String expected = isOther ? caller.source() : "one of the tenant " + caller.tenant();
            throw Refusals.forbidden("source: %s (expected: %s, as the key says)".formatted(source.name(), expected))
                    .asException();
        }
        String tenant = source.tenant() == null ? caller.tenant() : source.tenant();
        return new Caller(caller.id(), caller.name(), caller.role(), tenant, caller.source());
    }

    /** It may be read again: a 404 would tell the CMS that it is gone. */
    private static ProblemException unreadable(String name) {
        return Problem.of(
                        503,
                        "unreadable-source",
                        "The source cannot be read",
                        "source: %s (expected: one whose stored form this gateway can read; its log says why it cannot)"
                                .formatted(EventFaults.excerpt(name)))
                .withRetryAfter(UNREADABLE_RETRY)
                .asException();
    }

    private static ProblemException unknown(String name) {
        return Problem.of(
                        404,
                        "unknown-source",
                        "Unknown source",
                        "source: %s (expected: one of those that GET /v1/sources lists)"
                                .formatted(EventFaults.excerpt(name)))
                .asException();
    }
}
