package dev.sluice.access;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Decides who may come in. Any thread. */
@FunctionalInterface
public interface Gate {
    /**
     * @throws dev.sluice.http.ProblemException 401 for no key or a wrong one, 403 for a key without the role, 421 for a
     *     Host that is not ours
     */
    Caller admit(HttpServerRequest request, Role needed);

    /** Whether a source may say that it needs no secret, though others need a key. */
    default boolean admitsAnybody() {
        return false;
    }

    /** The holder of the key that the request brings, whatever it may do; null if it brings none that is known. */
    default @Nullable Caller holder(HttpServerRequest request) {
        return null;
    }
}
