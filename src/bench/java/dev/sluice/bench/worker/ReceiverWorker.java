package dev.sluice.bench.worker;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/**
 * The endpoint that webhooks deliver to: answers 204 to everything, at once, and keeps a tally.
 *
 * <ul>
 *   <li>{@code {"op":"open","run":n,"hooks":n,"targets":n,"ordered":b}} begins the {@link Tally} of a run;
 *   <li>{@code {"op":"tally"}} answers what has arrived;
 *   <li>{@code {"op":"where"}} answers the port on which it closes what is idle, and how many connections were made.
 * </ul>
 *
 * Deliveries go to {@code /hook/<number of the webhook that gets the event>}. What the client floors post is not stamped
 * and goes to {@code /bare}, which is not counted.
 */
final class ReceiverWorker implements Worker {
    private static final String HOOK = "/hook/";
    private static final int CLOSING_MILLIS = 200;

    private final Vertx vertx;
    private final EpochMicros clock;
    private Tally tally = Tally.none();
    private int closingPort;
    private long connections;

    ReceiverWorker(Vertx vertx, EpochMicros clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    @Override
    public Future<JsonObject> start() {
        HttpServerOptions closing =
                new HttpServerOptions().setIdleTimeout(CLOSING_MILLIS).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return listen(closing).compose(other -> {
            closingPort = other.actualPort();
            return listen(new HttpServerOptions()).map(server -> new JsonObject().put("port", server.actualPort()));
        });
    }

    /** On every address of this machine: the loopback interface has many. */
    private Future<HttpServer> listen(HttpServerOptions options) {
        return vertx.createHttpServer(options)
                .connectionHandler(made -> connections++)
                .requestHandler(this::receive)
                .listen(0, "0.0.0.0");
    }

    @Override
    public Future<JsonObject> run(JsonObject command) {
        String op = command.getString("op");
        if (op.equals("where")) {
            return Future.succeededFuture(
                    new JsonObject().put("closing", closingPort).put("connections", connections));
        }
        if (op.equals("open")) {
            tally = tally.next(Tally.Run.from(command));
        }
        return Future.succeededFuture(tally.toJson());
    }

    private void receive(HttpServerRequest request) {
        String path = request.path();
        request.body().onSuccess(body -> {
            if (path.startsWith(HOOK)) {
                count(body, Integer.parseInt(path, HOOK.length(), path.length(), 10));
            }
            request.response().setStatusCode(204).end();
        });
    }

    private void count(Buffer body, int hook) {
        long now = clock.now();
        try {
            tally.arrived(Stamp.read(body), hook, now);
        } catch (IllegalArgumentException e) {
            tally.arrivedUnreadable();
        }
    }
}
