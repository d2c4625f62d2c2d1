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

/** Admits the holders of a key ({@code Authorization: Bearer}, RFC 6750), or, in open mode, whoever is not led here by a web page. */
public final class KeyGate implements Gate {
    private static final String SCHEME = "Bearer ";
    private static final Caller ANYBODY = new Caller("open", "open", Role.ADMIN, null, null);

    private final KeyRing keys;
    private final HostCheck hosts;

    public KeyGate(KeyRing keys, HostCheck hosts) {
        this.keys = keys;
        this.hosts = hosts;
    }

    @Override
    public Caller admit(HttpServerRequest request, Role needed) {
        return admit(request.method(), request.authority(), request.headers(), needed);
    }

    Caller admit(HttpMethod method, @Nullable HostAndPort authority, MultiMap headers, Role needed) {
        if (keys.isOpen()) {
            return admitAnybody(method, authority, headers);
        }
        Caller caller = holder(headers.get(HttpHeaders.AUTHORIZATION));
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
        return ANYBODY;
    }

    private Caller holder(@Nullable String authorization) {
        if (authorization == null) {
            throw unauthorized("Send an API key: 'Authorization: Bearer slk_…'.");
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unauthorized("The Authorization header has another form than 'Bearer slk_…'.");
        }
        Caller caller =
                keys.authenticate(authorization.substring(SCHEME.length()).strip());
        if (caller != null) {
            return caller;
        }
        throw keys.isLoaded() ? unauthorized("The API key is not known: wrong, or deleted.") : notYet();
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
