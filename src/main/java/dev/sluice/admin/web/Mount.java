package dev.sluice.admin.web;

import dev.sluice.access.Gate;
import dev.sluice.access.Role;
import dev.sluice.http.ClientGone;
import dev.sluice.http.Problem;
import dev.sluice.http.Query;
import dev.sluice.http.WholeBody;
import dev.sluice.memory.Quota;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Hangs actions on a router: first the caller is admitted and the query looked at, then the body is read, then the action
 * runs. Paths are written as Vert.x Web has them ({@code /v1/webhooks/:id}). Confined to one event loop.
 */
public final class Mount {
    /** Of a route: the names that its query may hold. */
    public static final String QUERY = "query";

    private final Router router;
    private final Gate gate;
    private final int maxBodyBytes;
    private final Bodies bodies;
    private final Map<String, Set<String>> methods = new LinkedHashMap<>();

    /** @param quota of the bodies of requests and answers, of all event loops */
    Mount(Router router, Gate gate, int maxBodyBytes, Quota quota) {
        this.router = router;
        this.gate = gate;
        this.maxBodyBytes = maxBodyBytes;
        this.bodies = new Bodies(quota, maxBodyBytes);
    }

    /** @param query the names that the query may hold, here and below */
    public void get(String path, Role needed, Function<Call, Future<Reply>> action, String... query) {
        Route route = route(path, HttpMethod.GET, query).method(HttpMethod.HEAD);
        methods(path).add(HttpMethod.HEAD.name());
        route.handler(context -> run(admit(context, needed, query), action));
    }

    public void post(String path, Role needed, Function<Call, Future<Reply>> action, String... query) {
        withBody(HttpMethod.POST, path, needed, action, query);
    }

    public void put(String path, Role needed, Function<Call, Future<Reply>> action, String... query) {
        withBody(HttpMethod.PUT, path, needed, action, query);
    }

    public void patch(String path, Role needed, Function<Call, Future<Reply>> action, String... query) {
        withBody(HttpMethod.PATCH, path, needed, action, query);
    }

    public void delete(String path, Role needed, Function<Call, Future<Reply>> action, String... query) {
        route(path, HttpMethod.DELETE, query).handler(context -> run(admit(context, needed, query), action));
    }

    /** Of an answer that goes on: the action writes it, or throws before it began to. */
    public void stream(String path, Role needed, BiConsumer<Call, HttpServerRequest> action, String... query) {
        route(path, HttpMethod.GET, query)
                .handler(context -> action.accept(admit(context, needed, query), context.request()));
    }

    /** For everybody, without a key, and whatever the query says: it is the page's own. */
    public void open(String path, Function<HttpServerRequest, Reply> page) {
        methods(path).add(HttpMethod.HEAD.name());
        route(path, HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> page.apply(context.request()).writeTo(context.request()));
    }

    /** For everybody, without a key; with a body. */
    public void openPost(String path, BiFunction<HttpServerRequest, Buffer, Future<Reply>> action) {
        route(path, HttpMethod.POST).handler(context -> {
            bodies.admit(context);
            answer(
                    context,
                    WholeBody.read(context.request(), maxBodyBytes)
                            .compose(body -> action.apply(context.request(), body)));
        });
    }

    /** As above; the query has to be empty. */
    void open(String path, Supplier<Reply> page) {
        methods(path).add(HttpMethod.HEAD.name());
        route(path, HttpMethod.GET).method(HttpMethod.HEAD).handler(context -> {
            requireKnown(context);
            page.get().writeTo(context.request());
        });
    }

    /** What somebody else serves, before the router is asked: here only the other methods are refused. */
    void elsewhere(HttpMethod method, String path) {
        methods(path).add(method.name());
    }

    /** Last, when every route is mounted: what is left on a known path is a wrong method (RFC 9110, 15.5.6). */
    void refuseOtherMethods() {
        methods.forEach((path, allowed) -> router.route(path).handler(context -> refuse(context, allowed)));
    }

    private static void refuse(RoutingContext context, Set<String> allowed) {
        String method = context.request().method().name();
        if (allowed.contains(method)) {
            context.next();
            return;
        }
        String list = String.join(", ", allowed);
        context.response().putHeader(HttpHeaders.ALLOW, list);
        String detail = "%s is not a method of %s (expected: %s)."
                .formatted(method, context.request().path(), list);
        throw Problem.of(405, "method-not-allowed", "Method not allowed", detail)
                .asException();
    }

    /** The body is read in the turn in which the request came: later its first bytes were lost. */
    private void withBody(
            HttpMethod method, String path, Role needed, Function<Call, Future<Reply>> action, String... query) {
        route(path, method, query).handler(context -> {
            Call call = admit(context, needed, query);
            bodies.admit(context);
            Future<Reply> reply =
                    WholeBody.read(context.request(), maxBodyBytes).compose(body -> action.apply(call.with(body)));
            answer(context, reply);
        });
    }

    private void run(Call call, Function<Call, Future<Reply>> action) {
        answer(call.context(), action.apply(call));
    }

    private Call admit(RoutingContext context, Role needed, String... query) {
        Call call = new Call(context, gate.admit(context.request(), needed), Buffer.buffer());
        requireKnown(context, query);
        return call;
    }

    private static void requireKnown(RoutingContext context, String... query) {
        Query.refusal(context.queryParams().names(), List.of(query)).ifPresent(problem -> {
            throw problem.asException();
        });
    }

    private void answer(RoutingContext context, Future<Reply> answer) {
        answer.map(reply -> bodies.admit(context, reply))
                .compose(reply -> reply.writeTo(context.request()))
                .onFailure(failure -> {
                    if (!(failure instanceof ClientGone) && !context.response().ended()) {
                        context.fail(failure);
                    }
                });
    }

    private Route route(String path, HttpMethod method, String... query) {
        methods(path).add(method.name());
        return router.route(method, path).putMetadata(QUERY, Set.of(query));
    }

    private Set<String> methods(String path) {
        return methods.computeIfAbsent(path, first -> new TreeSet<>());
    }
}
