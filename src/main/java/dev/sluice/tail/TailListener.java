package dev.sluice.tail;

import dev.sluice.tail.TailStore.Placed;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** One request to the tail, whose answer goes on. Confined to the event loop of its connection. */
final class TailListener {
    private final HttpServerResponse response;
    private final TailFilter filter;
    private final Runnable admission;

    // confined state
    private @Nullable TailPlace last;

    /** @param admission throws if the listener may not look any more */
    TailListener(HttpServerResponse response, TailFilter filter, Runnable admission) {
        this.response = response;
        this.filter = filter;
        this.admission = admission;
    }

    /** Null while it is not known where to begin. */
    @Nullable
    TailPlace last() {
        return last;
    }

    void begin(TailPlace place) {
        last = place;
    }

    boolean hasRoom() {
        return last != null && !response.writeQueueFull();
    }

    void take(Placed placed) {
        if (last == null || placed.place().compareTo(last) <= 0) {
            return;
        }
        last = placed.place();
        if (filter.wants(placed.line())) {
            response.write("id: %s\nevent: %s\ndata: %s\n\n"
                    .formatted(
                            placed.place(),
                            placed.line().kind().text(),
                            placed.line().json()));
        }
    }

    /** Says that the connection is alive; ends it if its key is gone. */
    void beat() {
        try {
            admission.run();
            response.write(":\n\n");
        } catch (RuntimeException notAnyMore) {
            end();
        }
    }

    void end() {
        if (!response.ended()) {
            response.end();
        }
    }
}
