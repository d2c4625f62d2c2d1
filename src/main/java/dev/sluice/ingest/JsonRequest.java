package dev.sluice.ingest;

import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import dev.sluice.http.ProblemException;
import dev.sluice.ingest.decode.JsonDecoder;
import dev.sluice.ingest.decode.Stamp;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code application/json}: an event, or the parts of one that a source's dialect puts together. What is an event is never
 * looked at twice: only where it is refused as one the second reading begins. Use once; confined to one event loop.
 */
final class JsonRequest {
    private final HttpServerRequest request;
    private final Stamp stamp;
    private final SourceEndpoint sources;
    private @Nullable SourceRequest emitted;

    JsonRequest(HttpServerRequest request, Stamp stamp, SourceEndpoint sources) {
        this.request = request;
        this.stamp = stamp;
        this.sources = sources;
    }

    /** @throws ProblemException 400 for what is neither; 401 or 403 for parts from who may not send as the source */
    List<Draft> drafts(Buffer body) {
        try {
            return JsonDecoder.PLAIN.decode(request.headers(), body, stamp);
        } catch (ProblemException refused) {
            boolean isJson = !refused.problem().type().equals("malformed-json");
            SourceRequest parts = isJson ? sources.named(request, body) : null;
            if (parts == null) {
                throw refused;
            }
            emitted = parts;
            return parts.emitted(body);
        }
    }

    void answer(HttpServerResponse response, List<Receipt> receipts) {
        if (emitted == null) {
            Answers.one(response, receipts);
        } else {
            emitted.answer(response, receipts);
        }
    }
}
