package dev.sluice.ingest;

import dev.sluice.ingest.decode.Refusals;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The requests without end that are open, so that a drain ends them. Confined to one event loop; not thread-safe. */
final class Streams {
    private final Set<NdjsonStream> open = new LinkedHashSet<>();
    private boolean ended;

    /** @throws dev.sluice.http.ProblemException 503 if none may begin any more */
    void requireOpen() {
        if (ended) {
            throw Refusals.DRAINING.asException();
        }
    }

    void began(NdjsonStream stream) {
        open.add(stream);
    }

    void closed(NdjsonStream stream) {
        open.remove(stream);
    }

    /** For good. */
    void end() {
        ended = true;
        List.copyOf(open).forEach(NdjsonStream::end);
    }
}
