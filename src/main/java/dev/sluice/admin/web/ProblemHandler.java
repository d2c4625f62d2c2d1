package dev.sluice.admin.web;

import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.http.Problems;
import dev.sluice.redis.trouble.RedisUnavailable;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever went wrong into a problem. What nobody expected is logged, and answered without its details. */
final class ProblemHandler implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private final long discardBytes;
    private final ErrorForm foreign;

    /** @param discardBytes of a body that nobody wants any more, read for nothing before the connection is given up */
    ProblemHandler(long discardBytes, ErrorForm foreign) {
        this.discardBytes = discardBytes;
        this.foreign = foreign;
    }

    /** A response whose head is out already can only be cut; to a client that is gone there is nothing to say. */
    @Override
    public void handle(RoutingContext context) {
        if (context.response().closed()) {
            return;
        }
        Problem problem = problem(context);
        if (context.response().headWritten()) {
            context.response().reset();
        } else if (foreign.serves(String.valueOf(context.request().path()))) {
            JsonObject form = foreign.view(problem, problem.errors().isEmpty() ? null : body(context));
            Problems.refuse(context.request(), problem, form, discardBytes);
        } else {
            Problems.refuse(context.request(), problem, discardBytes);
        }
    }

    /** Of a request whose members were found wrong, and which so was read as JSON. */
    private static @Nullable Object body(RoutingContext context) {
        Buffer body = Call.bodyOf(context);
        return body == null ? null : Json.decodeValue(body);
    }

    private static Problem problem(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (failure instanceof RedisUnavailable) {
            return Problem.of(503, "unavailable", "Redis is away", "Redis does not answer; try again.")
                    .withRetryAfter(1);
        }
        String path = String.valueOf(context.request().path());
        return switch (context.statusCode()) {
            case 400 -> Problem.of(400, "bad-request", "Bad request", "The request line cannot be read.");
            case 404 ->
                Problem.of(404, "not-found", "Not found", "There is nothing at %s. See /openapi.yaml.".formatted(path));
            case 413 -> Problem.of(413, "too-large", "Too large", "The body is longer than http.maxBodyBytes allows.");
            default -> unexpected(context, path, failure);
        };
    }

    private static Problem unexpected(RoutingContext context, String path, @Nullable Throwable failure) {
        LOG.atError()
                .setCause(failure)
                .addKeyValue("method", context.request().method())
                .addKeyValue("path", path)
                .addKeyValue("status", context.statusCode())
                .log("request failed unexpectedly");
        return Problem.of(500, "internal", "Internal error", "Sluice failed; its log says why.");
    }
}
