package dev.sluice.admin.web;

import dev.sluice.http.Body;
import dev.sluice.http.Problem;
import dev.sluice.memory.Quota;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * What the bodies of requests and answers of the API take of the heap, over all event loops: whoever sends slowly, or does
 * not read what it asked for, holds them for as long as it likes. Small ones are not counted.
 */
final class Bodies {
    /** As large as what a connection takes by itself. */
    private static final int SMALL = 16 * 1024;

    private static final Problem BUSY = Problem.of(
                    503,
                    "overloaded",
                    "Too much at once",
                    "Other requests and answers take all the memory there is for them; try again in a moment.")
            .withRetryAfter(1);

    private final Quota quota;
    private final int mostOfRequest;

    /** @param mostOfRequest bytes of a request's body, at most */
    Bodies(Quota quota, int mostOfRequest) {
        this.quota = quota;
        this.mostOfRequest = mostOfRequest;
    }

    /**
     * Before the body is read; until the answer is written. What has no length may become as large as any.
     *
     * @throws dev.sluice.http.ProblemException 503 if there is no room
     */
    void admit(RoutingContext context) {
        long declared = Body.length(context.request());
        boolean isUnknown = declared < 0 && mayHaveBody(context.request());
        take(context, isUnknown ? mostOfRequest : Math.min(declared, mostOfRequest));
    }

    private static boolean mayHaveBody(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /**
     * Before the answer is written; until it is.
     *
     * @throws dev.sluice.http.ProblemException 503 if there is no room
     */
    Reply admit(RoutingContext context, Reply reply) {
        take(context, reply.body().length());
        return reply;
    }

    private void take(RoutingContext context, long bytes) {
        if (bytes <= SMALL) {
            return;
        }
        if (!quota.take(bytes)) {
            throw BUSY.asException();
        }
        context.addEndHandler(ended -> quota.giveBack(bytes));
    }
}
