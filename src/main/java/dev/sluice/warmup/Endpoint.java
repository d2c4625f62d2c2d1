package dev.sluice.warmup;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/** Takes every delivery on loopback, and counts them. Confined to one event loop, but for the count. */
final class Endpoint {
    private final HttpServer server;
    private volatile long delivered;

    Endpoint(Vertx vertx) {
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost(Load.LOOPBACK).setPort(0))
                .requestHandler(request -> request.end().onSuccess(whole -> {
                    count();
                    request.response().setStatusCode(204).end();
                }));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one event loop counts
    private void count() {
        delivered++;
    }

    /** The URL for webhooks. */
    Future<String> listen() {
        return server.listen().map(listening -> "http://%s:%d/".formatted(Load.LOOPBACK, listening.actualPort()));
    }

    long delivered() {
        return delivered;
    }
}
