package dev.sluice.access;

import io.vertx.core.http.HttpServerRequest;

/** Decides who may come in. Any thread. */
@FunctionalInterface
public interface Gate {
    /**
     * @throws dev.sluice.http.ProblemException 401 for no key or a wrong one, 403 for a key without the role, 421 for a
     *     Host that is not ours
     */
    Caller admit(HttpServerRequest request, Role needed);
}
