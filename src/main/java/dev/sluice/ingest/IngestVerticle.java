package dev.sluice.ingest;

import dev.sluice.http.ListenFailure;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The public listener: events go to ingest, everything else to {@code rest}. Instances share the port. */
public final class IngestVerticle extends VerticleBase {
    private final HttpServerOptions options;
    private final IngestHandler ingest;
    private final Handler<HttpServerRequest> rest;
    private @Nullable HttpServer server;

    /** @param ingest of this instance alone */
    public IngestVerticle(HttpServerOptions options, IngestHandler ingest, Handler<HttpServerRequest> rest) {
        this.options = options;
        this.ingest = ingest;
        this.rest = rest;
    }

    @Override
    public Future<?> start() {
        HttpServer listener = vertx.createHttpServer(options).requestHandler(this::dispatch);
        server = listener;
        return listener.listen()
                .recover(cause -> Future.failedFuture(
                        new ListenFailure("http.port", options.getPort(), options.getHost(), cause)));
    }

    /** Refuses what comes, and ends when what is under way is answered, or after the server's grace period. */
    @Override
    public Future<?> stop() {
        ingest.drain();
        return server == null ? Future.succeededFuture() : server.shutdown();
    }

    /** The port it listens on, once it is deployed; -1 before. */
    public int port() {
        return server == null ? -1 : server.actualPort();
    }

    private void dispatch(HttpServerRequest request) {
        if (!ingest.take(request)) {
            rest.handle(request);
        }
    }
}
