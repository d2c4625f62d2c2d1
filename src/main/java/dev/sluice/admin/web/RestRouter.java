package dev.sluice.admin.web;

import dev.sluice.access.Gate;
import dev.sluice.memory.Quota;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.util.List;

/** Assembles the API. Make one router on each event loop that serves it; it gets what ingest does not take. */
public final class RestRouter {
    private RestRouter() {}

    /**
     * @param maxBodyBytes of a request; one byte more is a 413
     * @param quota        of the bodies of requests and answers, of all event loops
     * @param foreign      of paths whose errors are no problems
     */
    public static Router create(
            Vertx vertx,
            Gate gate,
            int maxBodyBytes,
            Quota quota,
            ErrorForm foreign,
            List<? extends Routes> resources) {
        ProblemHandler problems = new ProblemHandler(maxBodyBytes, foreign);
        Router router = Router.router(vertx);
        router.errorHandler(400, problems).errorHandler(404, problems).errorHandler(500, problems);
        router.route()
                .handler(context -> {
                    secure(context.response());
                    context.next();
                })
                .failureHandler(problems);
        Mount mount = new Mount(router, gate, maxBodyBytes, quota);
        mount.elsewhere(HttpMethod.POST, "/v1/events");
        mount.elsewhere(HttpMethod.POST, "/v1/sources/:source/events");
        mount.elsewhere(HttpMethod.POST, "/v1/sources/:source/emit");
        resources.forEach(resource -> resource.on(mount));
        mount.refuseOtherMethods();
        return router;
    }

    /** Answers hold other people's data and secrets: not for caches, frames, sniffing, or pages of other sites. */
    private static void secure(HttpServerResponse response) {
        response.putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Referrer-Policy", "no-referrer");
    }
}
