package dev.sluice.bench.worker;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The endpoint that webhooks deliver to: answers 204 to everything, at once, and keeps a tally.
 *
 * <ul>
 *   <li>{@code {"op":"open","run":n,"hooks":n,"targets":n,"ordered":b}} begins the {@link Tally} of a run;
 *   <li>{@code {"op":"tally"}} answers what has arrived;
 *   <li>{@code {"op":"tls","hosts":n,"closing":b}} answers on which ports it speaks TLS from now on, one for each host, and
 *       whether it closes each connection behind the first answer;
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
        return listen(closing, false).compose(other -> {
            closingPort = other.actualPort();
            return listen(new HttpServerOptions(), false)
                    .map(server -> new JsonObject().put("port", server.actualPort()));
        });
    }

    /** On every address of this machine: the loopback interface has many. */
    private Future<HttpServer> listen(HttpServerOptions options, boolean once) {
        return vertx.createHttpServer(options)
                .connectionHandler(made -> connections++)
                .requestHandler(request -> receive(request, once))
                .listen(0, "0.0.0.0");
    }

    @Override
    public Future<JsonObject> run(JsonObject command) {
        String op = command.getString("op");
        if (op.equals("where")) {
            return Future.succeededFuture(
                    new JsonObject().put("closing", closingPort).put("connections", connections));
        }
        if (op.equals("tls")) {
            return openTls(command.getInteger("hosts"), command.getBoolean("closing"));
        }
        if (op.equals("open")) {
            tally = tally.next(Tally.Run.from(command));
        }
        return Future.succeededFuture(tally.toJson());
    }

    private Future<JsonObject> openTls(int hosts, boolean once) {
        List<Future<HttpServer>> servers = IntStream.range(0, hosts)
                .mapToObj(host -> listen(Identity.server(), once))
                .toList();
        return Future.all(servers).map(all -> {
            JsonArray ports = new JsonArray();
            servers.forEach(server -> ports.add(server.result().actualPort()));
            return new JsonObject().put("ports", ports);
        });
    }

    private void receive(HttpServerRequest request, boolean once) {
        String path = request.path();
        request.body().onSuccess(body -> {
            if (path.startsWith(HOOK)) {
                count(body, Integer.parseInt(path, HOOK.length(), path.length(), 10));
            }
            if (once) {
                request.response().putHeader("connection", "close");
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
