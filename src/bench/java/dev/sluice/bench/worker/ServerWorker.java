package dev.sluice.bench.worker;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** The floor of ingest: reads a body and answers 202 with an id, on as many event loops as the gateway has. */
final class ServerWorker implements Worker {
    private static final Buffer ANSWER = Buffer.buffer("{\"id\":\"evt_01jd7q3v8y5t2m4n6p8r0s1w3x\"}");

    private final Vertx vertx;
    private final int instances;

    ServerWorker(Vertx vertx, int instances) {
        this.vertx = vertx;
        this.instances = instances;
    }

    @Override
    public Future<JsonObject> start() {
        Promise<Integer> port = Promise.promise();
        return vertx.deployVerticle(() -> new Instance(port), new DeploymentOptions().setInstances(instances))
                .compose(deployed -> port.future())
                .map(listening -> new JsonObject().put("port", listening));
    }

    @Override
    public Future<JsonObject> run(JsonObject command) {
        return Future.failedFuture("command: " + command + " (expected: none)");
    }

    private static void answer(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> request.response()
                        .setStatusCode(202)
                        .putHeader("content-type", "application/json")
                        .end(ANSWER));
    }

    /** One event loop's share of the connections. */
    private static final class Instance extends VerticleBase {
        private static final int ANY_PORT_BUT_ONE_FOR_ALL_INSTANCES = -1;

        private final Promise<Integer> listening;

        Instance(Promise<Integer> listening) {
            this.listening = listening;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer()
                    .requestHandler(ServerWorker::answer)
                    .listen(ANY_PORT_BUT_ONE_FOR_ALL_INSTANCES, "127.0.0.1")
                    .onSuccess(server -> listening.tryComplete(server.actualPort()));
        }
    }
}
