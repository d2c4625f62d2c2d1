package dev.sluice.delivery.send.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt whose requests ask for connections to several addresses. The first that has one goes out, and from then on no
 * other does, whatever becomes of it. Confined to one event loop.
 */
final class Race {
    private final List<Request> all = new ArrayList<>(2);
    private @Nullable Request first;

    void enter(Request request) {
        all.add(request);
    }

    /** Whether this is the one that goes out. */
    boolean take(Request request) {
        if (first == null) {
            first = request;
            for (Request other : all) {
                if (other != request) {
                    other.lose();
                }
            }
        }
        if (first != request) {
            request.lose();
        }
        return first == request;
    }

    /** The one that goes out, or null. */
    @Nullable
    Request first() {
        return first;
    }

    List<Request> all() {
        return all;
    }
}
