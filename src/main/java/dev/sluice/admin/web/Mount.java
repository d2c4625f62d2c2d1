package dev.sluice.admin.web;

import dev.sluice.access.Gate;
import dev.sluice.access.Role;
import dev.sluice.http.Problem;
import dev.sluice.memory.Quota;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Hangs actions on a router: first the caller is admitted, then the body is read, then the action runs. Paths are written
 * as Vert.x Web has them ({@code /v1/webhooks/:id}). Confined to one event loop.
 */
public final class Mount {
    private static final String CALL = Call.class.getName();

    private final Router router;
    private final Gate gate;
    private final BodyHandler body;
    private final Bodies bodies;
    private final Map<String, Set<String>> methods = new LinkedHashMap<>();

    /** @param quota of the bodies of requests and answers, of all event loops */
    Mount(Router router, Gate gate, int maxBodyBytes, Quota quota) {
        this.router = router;
        this.gate = gate;
        this.body = BodyHandler.create(false).setBodyLimit(maxBodyBytes);
        this.bodies = new Bodies(quota, maxBodyBytes);
    }

    public void get(String path, Role needed, Function<Call, Future<Reply>> action) {
        Route route = route(path, HttpMethod.GET).method(HttpMethod.HEAD);
        methods(path).add(HttpMethod.HEAD.name());
        route.handler(context -> run(context, needed, action));
    }

    public void post(String path, Role needed, Function<Call, Future<Reply>> action) {
        withBody(HttpMethod.POST, path, needed, action);
    }

    public void put(String path, Role needed, Function<Call, Future<Reply>> action) {
        withBody(HttpMethod.PUT, path, needed, action);
    }

    public void patch(String path, Role needed, Function<Call, Future<Reply>> action) {
        withBody(HttpMethod.PATCH, path, needed, action);
    }

    public void delete(String path, Role needed, Function<Call, Future<Reply>> action) {
        route(path, HttpMethod.DELETE).handler(context -> run(context, needed, action));
    }

    /** For everybody, without a key. */
    void open(String path, Supplier<Reply> page) {
        methods(path).add(HttpMethod.HEAD.name());
        route(path, HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> page.get().writeTo(context.request()));
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

    /** Vert.x Web holds that only security policies come before a body. */
    private void withBody(HttpMethod method, String path, Role needed, Function<Call, Future<Reply>> action) {
        SecurityPolicyHandler admission = context -> {
            context.put(CALL, admit(context, needed));
            bodies.admit(context);
            context.next();
        };
        route(path, method)
                .handler(admission)
                .handler(body)
                .handler(context -> answer(context, context.<Call>get(CALL), action));
    }

    private void run(RoutingContext context, Role needed, Function<Call, Future<Reply>> action) {
        answer(context, admit(context, needed), action);
    }

    private Call admit(RoutingContext context, Role needed) {
        return new Call(context, gate.admit(context.request(), needed));
    }

    private void answer(RoutingContext context, Call call, Function<Call, Future<Reply>> action) {
        action.apply(call)
                .map(reply -> bodies.admit(context, reply))
                .onSuccess(reply -> reply.writeTo(context.request()))
                .onFailure(context::fail);
    }

    private Route route(String path, HttpMethod method) {
        methods(path).add(method.name());
        return router.route(method, path);
    }

    private Set<String> methods(String path) {
        return methods.computeIfAbsent(path, first -> new TreeSet<>());
    }
}
