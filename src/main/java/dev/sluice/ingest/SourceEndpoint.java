package dev.sluice.ingest;

import dev.sluice.access.Caller;
import dev.sluice.access.Gate;
import dev.sluice.access.Role;
import dev.sluice.http.Discard;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.ingest.decode.EventFaults;
import dev.sluice.ingest.decode.IsoClock;
import dev.sluice.ingest.decode.Refusals;
import dev.sluice.ingest.decode.Stamp;
import dev.sluice.source.Entry;
import dev.sluice.source.SenderAuth;
import dev.sluice.source.Sightings;
import dev.sluice.source.Source;
import dev.sluice.source.Sources;
import dev.sluice.source.place.Letter;
import dev.sluice.source.recipe.Answer;
import dev.sluice.source.signature.Knock;
import dev.sluice.source.sns.SnsDesk;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
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
    private final SnsDesk sns;

    SourceEndpoint(Intake intake, Gate gate, IsoClock clock, Origins origins) {
        this.intake = intake;
        this.gate = gate;
        this.clock = clock;
        this.sources = origins.sources();
        this.sightings = origins.sightings();
        this.sns = origins.sns();
    }

    /**
     * Who sends.
     *
     * @param check what has to be looked at before that is sure; null: it is sure already
     */
    private record Sender(Caller caller, @Nullable Function<Buffer, Future<Buffer>> check) {
        static Sender of(Caller caller) {
            return new Sender(caller, null);
        }
    }

    /**
     * @param secret what stands behind the path, or null
     * @throws ProblemException for a source that there is not
     */
    void handle(HttpServerRequest request, String name, @Nullable String secret) {
        Source source = find(name);
        if (secret != null && !source.auth().isByUrl()) {
            throw unknown(name + "/events/…");
        }
        if (greets(request, source)) {
            return;
        }
        try {
            Sender sender = admit(request, source, secret);
            SourceRequest arrived = opened(request, source, sender.caller());
            intake.requireRoomFor(request);
            intake.take(request, sender.check(), arrived::drafts, arrived::answer);
        } catch (ProblemException refused) {
            boolean isTheirs = refused.problem().status() < 500;
            intake.refuse(request, refused.problem(), begin -> {
                if (isTheirs) {
                    note(request, source, begin, refused.problem());
                }
            });
        }
    }

    private void note(HttpServerRequest request, Source source, Buffer body, Problem problem) {
        Instant at = Instant.parse(clock.now());
        sightings.refused(
                source.name(), () -> source.refused(request.method().name(), request.headers(), body, problem, at));
    }

    /** Whether it was a request by which the producer asks for the URL alone; it is answered then. */
    boolean greets(HttpServerRequest request, String name) {
        Source source = sources.find(name);
        return source != null && greets(request, source);
    }

    private boolean greets(HttpServerRequest request, Source source) {
        if (source.recipe().handshakes().isEmpty()) {
            return false;
        }
        Letter letter = new Letter(request.headers(), request.query(), Buffer.buffer(), Buffer.buffer(), List.of());
        List<String> secrets = source.auth().secrets();
        Answer greeting = source.recipe().greeting(request.method().name(), false, letter, secrets);
        if (greeting == null) {
            return false;
        }
        greeting.send(request.response(), letter, secrets);
        Discard.rest(request, intake.limits().discardBytes());
        return true;
    }

    /** @throws ProblemException before a byte of the body is read */
    void emit(HttpServerRequest request, String name) {
        Source source = find(name);
        Sender sender = admit(request, source, null);
        SourceRequest arrived = opened(request, source, sender.caller());
        intake.requireRoomFor(request);
        intake.take(request, sender.check(), arrived::emitted, arrived::answer);
    }

    private Source find(String name) {
        intake.requireOpen();
        Source source = sources.find(name);
        if (source == null) {
            throw sources.unreadable().containsKey(name) ? unreadable(name) : unknown(name);
        }
        return source;
    }

    private SourceRequest opened(HttpServerRequest request, Source source, Caller caller) {
        boolean mayAsk = source.isGeneric() || source.auth().isByUrl();
        Stamp stamp = mayAsk
                ? Stamp.of(caller, request, "/v1/sources/" + source.name() + "/events", clock.now())
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
        if (source == null) {
            return null;
        }
        Sender sender = admit(request, source, null);
        if (sender.check() != null) {
            throw unauthorized(
                    source,
                    "its signature is of what its producer posts, not of parts; expected here: %s"
                            .formatted(new SenderAuth.Key().expected()));
        }
        return opened(request, source, sender.caller());
    }

    /**
     * A source with a secret of its own is open to whoever has it, and as any other to whoever has a key.
     *
     * @throws ProblemException 401 or 403 for who may not send as this source
     */
    private Sender admit(HttpServerRequest request, Source source, @Nullable String secret) {
        SenderAuth auth = source.auth();
        if (!auth.looks()) {
            return byKey(request, source);
        }
        if (auth.admits(request.headers())) {
            return Sender.of(itself(source));
        }
        Knock knock = knock(request, source, secret);
        Entry entry = auth.judge(knock);
        if (entry instanceof Entry.Open) {
            return Sender.of(itself(source));
        }
        if (auth.isByKey() || gate.holder(request) != null) {
            return byKey(request, source);
        }
        if (entry instanceof Entry.AfterBody after) {
            return new Sender(
                    itself(source),
                    body -> checked(source, knock, after, body)
                            .onFailure(wrong -> note(request, source, body, Intake.problem(wrong))));
        }
        throw unauthorized(source, reasons(entry) + "; nor is there " + new SenderAuth.Key().expected());
    }

    private Sender byKey(HttpServerRequest request, Source source) {
        try {
            return Sender.of(bound(gate.admit(request, Role.PUBLISH), source));
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            throw problem.status() == 401
                    ? denied(
                            source,
                            "%s The source '%s' takes: %s."
                                    .formatted(
                                            problem.detail(),
                                            source.name(),
                                            source.auth().expected()))
                    : refused;
        }
    }

    private Knock knock(HttpServerRequest request, Source source, @Nullable String secret) {
        SocketAddress remote = request.remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        return new Knock(
                request.method().name(),
                () -> source.recipe().url(request),
                request.headers(),
                request.query(),
                secret,
                address == null ? "" : address,
                source.recipe()::isProof,
                gate.admitsAnybody(),
                clock.now());
    }

    private static Caller itself(Source source) {
        String sender = "source " + source.name();
        return new Caller(sender, sender, Role.PUBLISH, source.tenant(), source.name());
    }

    private static String reasons(Entry entry) {
        return entry instanceof Entry.Closed closed ? String.join("; or ", closed.reasons()) : "";
    }

    private Future<Buffer> checked(Source source, Knock knock, Entry.AfterBody after, Buffer body) {
        return after.refusals(knock, body, sns).map(wrong -> {
            if (!wrong.isEmpty()) {
                throw unauthorized(source, String.join("; or ", wrong));
            }
            return body;
        });
    }

    /** Said where the person who sets up the CMS looks for it; the event is lost unless the CMS sends it again. */
    private ProblemException denied(Source source, String detail) {
        sightings.denied(source.name());
        return Problem.of(401, "unauthorized", "Unauthorized", detail).asException();
    }

    /** The reason first: a small screen shows the beginning alone. */
    private ProblemException unauthorized(Source source, String reason) {
        return denied(source, "%s (source '%s')".formatted(reason, source.name()));
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
        return new Caller(caller.id(), caller.name(), caller.role(), tenant, caller.source(), caller.types());
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
