package dev.sluice.bench.worker;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * The endpoint that webhooks deliver to: answers 204 to everything, at once, and keeps a tally.
 *
 * <ul>
 *   <li>{@code {"op":"open","run":n,"hooks":n,"targets":n,"ordered":b}} begins the {@link Tally} of a run;
 *   <li>{@code {"op":"tally"}} answers what has arrived.
 * </ul>
 *
 * Deliveries go to {@code /hook/<number of the webhook that gets the event>}. What the client floors post is not stamped
 * and goes to {@code /bare}, which is not counted.
 */
final class ReceiverWorker implements Worker {
    private static final String HOOK = "/hook/";

    private final Vertx vertx;
    private final EpochMicros clock;
    private Tally tally = Tally.none();

    ReceiverWorker(Vertx vertx, EpochMicros clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    @Override
    public Future<JsonObject> start() {
        return vertx.createHttpServer()
                .requestHandler(this::receive)
                .listen(0, "127.0.0.1")
                .map(server -> new JsonObject().put("port", server.actualPort()));
    }

    @Override
    public Future<JsonObject> run(JsonObject command) {
        if (command.getString("op").equals("open")) {
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
