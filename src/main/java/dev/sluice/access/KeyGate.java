package dev.sluice.access;

import dev.sluice.http.HostCheck;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/**
 * Admits the holders of a key ({@code X-Sluice-Token}, or {@code Authorization: Bearer}, RFC 6750), or, in open mode,
 * whoever is not led here by a web page. The header of our own comes first: a CMS or a proxy may have another use for
 * {@code Authorization}, and cannot be told not to send it.
 */
public final class KeyGate implements Gate {
    /** For who needs {@code Authorization} for something else. */
    public static final String TOKEN_HEADER = "x-sluice-token";

    private static final String SCHEME = "Bearer ";

    private final KeyRing keys;
    private final HostCheck hosts;
    private final boolean openSources;
    private final @Nullable Passes passes;

    public KeyGate(KeyRing keys, HostCheck hosts) {
        this(keys, hosts, false, null);
    }

    /**
     * For whoever comes by HTTP.
     *
     * @param openSources see {@link #admitsAnybody}
     * @param passes      null: nobody has one
     */
    public KeyGate(KeyRing keys, HostCheck hosts, boolean openSources, @Nullable Passes passes) {
        this.keys = keys;
        this.hosts = hosts;
        this.openSources = openSources;
        this.passes = passes;
    }

    @Override
    public boolean admitsAnybody() {
        return openSources;
    }

    @Override
    public Caller admit(HttpServerRequest request, Role needed) {
        Caller caller = admit(request.method(), request.authority(), request.headers(), needed);
        if (Passes.isVisitor(caller) && !Passes.isOpen(request.path())) {
            throw forbidden("not-in-portal", "A visit to the portal is about webhooks and their deliveries alone.");
        }
        return caller;
    }

    Caller admit(HttpMethod method, @Nullable HostAndPort authority, MultiMap headers, Role needed) {
        if (keys.isOpen()) {
            return admitAnybody(method, authority, headers);
        }
        Caller caller = holder(headers);
        if (!caller.role().includes(needed)) {
            throw forbidden(
                    "missing-role",
                    "The key '%s' has the role %s; this needs %s."
                            .formatted(caller.name(), caller.role().word(), needed.word()));
        }
        return caller;
    }

    /** A page of another site could otherwise use the visitor's browser to reach a gateway on his machine. */
    private Caller admitAnybody(HttpMethod method, @Nullable HostAndPort authority, MultiMap headers) {
        hosts.refusal(authority).ifPresent(problem -> {
            throw problem.asException();
        });
        if (!CrossSite.isSafe(method) && CrossSite.sent(headers, hosts)) {
            throw forbidden(
                    "cross-site",
                    "Without an API key, a request that changes something may not come from another site.");
        }
        return Caller.ANYBODY;
    }

    @Override
    public @Nullable Caller holder(HttpServerRequest request) {
        Caller caller = known(request.headers());
        return caller == null || Passes.isVisitor(caller) ? null : caller;
    }

    private Caller holder(MultiMap headers) {
        Caller caller = known(headers);
        if (caller != null) {
            return caller;
        }
        if (!keys.isLoaded() && hasToken(headers)) {
            throw notYet();
        }
        throw unauthorized(refusal(headers));
    }

    /** Every line is looked at: a proxy may have added one. */
    private @Nullable Caller known(MultiMap headers) {
        for (String token : headers.getAll(TOKEN_HEADER)) {
            Caller caller = authenticate(withoutScheme(token));
            if (caller != null) {
                return caller;
            }
        }
        for (String line : headers.getAll(HttpHeaders.AUTHORIZATION)) {
            Caller caller = isBearer(line) ? authenticate(withoutScheme(line)) : null;
            if (caller != null) {
                return caller;
            }
        }
        return null;
    }

    private @Nullable Caller authenticate(String token) {
        return passes != null && Passes.isOne(token) ? passes.authenticate(token) : keys.authenticate(token);
    }

    private static boolean hasToken(MultiMap headers) {
        return headers.contains(TOKEN_HEADER)
                || headers.getAll(HttpHeaders.AUTHORIZATION).stream().anyMatch(KeyGate::isBearer);
    }

    private static String refusal(MultiMap headers) {
        if (hasToken(headers)) {
            return "The API key is not known: wrong, or deleted.";
        }
        return headers.contains(HttpHeaders.AUTHORIZATION)
                ? "The Authorization header has another form than 'Bearer slk_…'. Where it is needed for something else, send the API key as 'X-Sluice-Token: slk_…'."
                : "Send an API key: 'Authorization: Bearer slk_…', or 'X-Sluice-Token: slk_…'.";
    }

    private static boolean isBearer(String line) {
        return line.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private static String withoutScheme(String line) {
        return (isBearer(line) ? line.substring(SCHEME.length()) : line).strip();
    }

    private static ProblemException unauthorized(String detail) {
        return Problem.of(401, "unauthorized", "No valid API key", detail).asException();
    }

    private static ProblemException forbidden(String type, String detail) {
        return Problem.of(403, type, "Not allowed", detail).asException();
    }

    private static ProblemException notYet() {
        return Problem.of(503, "unavailable", "Not ready", "The API keys have not been read from Redis yet.")
                .withRetryAfter(1)
                .asException();
    }
}
