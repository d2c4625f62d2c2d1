package dev.sluice.ingest;

import dev.sluice.access.Gate;
import dev.sluice.http.Discard;
import dev.sluice.http.Visit;
import dev.sluice.ingest.body.Admission;
import dev.sluice.ingest.decode.IsoClock;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The requests that carry events. One for each instance of the verticle; confined to its event loop. */
public final class IngestHandler {
    private static final String EVENTS = "/v1/events";
    private static final String SOURCES = "/v1/sources/";
    private static final String OF_SOURCE = "/events";
    private static final String BEFORE_SECRET = "/events/";
    private static final String EMIT = "/emit";

    private final Admission admission;
    private final Intake intake;
    private final EventsEndpoint events;
    private final SourceEndpoint sources;

    public IngestHandler(
            IngestLimits limits,
            Appends appends,
            Gate gate,
            Origins origins,
            InstantSource clock,
            IngestListener listener) {
        IsoClock now = new IsoClock(clock);
        this.admission = new Admission(limits.maxPendingEvents(), limits.pending());
        this.intake = new Intake(limits, admission, appends, listener);
        this.sources = new SourceEndpoint(intake, gate, now, origins);
        this.events = new EventsEndpoint(intake, gate, now, this.sources);
    }

    /** Whether {@link #take} would take it. */
    static boolean isFor(HttpServerRequest request) {
        String path = request.path();
        boolean isToSource = sourceIn(path, OF_SOURCE) != null || (path != null && beforeSecret(path) != null);
        boolean isConsent = EVENTS.equals(path) && Consent.isAsked(request);
        return isToSource
                || isConsent
                || (request.method().equals(HttpMethod.POST) && (EVENTS.equals(path) || sourceIn(path, EMIT) != null));
    }

    /** False, and nothing is done, for a request that carries no events. */
    public boolean take(HttpServerRequest request, Visit visit) {
        try {
            boolean isPost = request.method().equals(HttpMethod.POST);
            return isPost ? take(request, visit, request.path()) : greets(request);
        } catch (RuntimeException refused) {
            intake.refuse(request, Intake.problem(refused));
            return true;
        }
    }

    /** Producers ask for a URL with GET, HEAD and OPTIONS too, before they send anything to it. */
    private boolean greets(HttpServerRequest request) {
        String path = request.path();
        if (EVENTS.equals(path) && Consent.isAsked(request)) {
            Consent.give(request);
            Discard.rest(request, intake.limits().discardBytes());
            return true;
        }
        String known = sourceIn(path, OF_SOURCE);
        String source = known == null && path != null ? beforeSecret(path) : known;
        return source != null && sources.greets(request, source);
    }

    private boolean take(HttpServerRequest request, Visit visit, @Nullable String path) {
        if (EVENTS.equals(path)) {
            events.handle(request, visit);
            return true;
        }
        String source = sourceIn(path, OF_SOURCE);
        if (source != null) {
            sources.handle(request, source, null);
            return true;
        }
        String knocking = path == null ? null : beforeSecret(path);
        if (path != null && knocking != null) {
            sources.handle(
                    request, knocking, path.substring(SOURCES.length() + knocking.length() + BEFORE_SECRET.length()));
            return true;
        }
        String emitting = sourceIn(path, EMIT);
        if (emitting != null) {
            sources.emit(request, emitting);
        }
        return emitting != null;
    }

    /** The source of a URL that ends with a secret. */
    private static @Nullable String beforeSecret(String path) {
        int end = path.startsWith(SOURCES) ? path.indexOf('/', SOURCES.length()) : -1;
        boolean isSource = end > SOURCES.length() && path.startsWith(BEFORE_SECRET, end);
        boolean hasSecret = isSource && path.length() > end + BEFORE_SECRET.length();
        return hasSecret && path.indexOf('/', end + BEFORE_SECRET.length()) < 0
                ? path.substring(SOURCES.length(), end)
                : null;
    }

    private static @Nullable String sourceIn(@Nullable String path, String end) {
        if (path == null || !path.startsWith(SOURCES) || !path.endsWith(end)) {
            return null;
        }
        int from = SOURCES.length();
        int to = path.length() - end.length();
        return to <= from || path.indexOf('/', from) != to ? null : path.substring(from, to);
    }

    /** Streams end with a line that says so, and no new one begins; everything else goes on. */
    public void endStreams() {
        intake.streams().end();
    }

    /** Answers 503 from now on; what is under way goes on. */
    public void drain() {
        admission.drain();
    }
}
