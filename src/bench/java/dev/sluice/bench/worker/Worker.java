package dev.sluice.bench.worker;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** What one process can do. Called on its event loop, one command at a time. */
interface Worker {
    /** Makes it ready; the answer tells where it listens, if it does. */
    Future<JsonObject> start();

    /** Does what the command says; a command that it does not know fails. */
    Future<JsonObject> run(JsonObject command);

    static Future<JsonObject> ready() {
        return Future.succeededFuture(new JsonObject());
    }
}
