package dev.sluice.ingest;

import dev.sluice.config.RuntimeConfig.PodRole;
import dev.sluice.http.FrontDoor;
import dev.sluice.http.Guests;
import dev.sluice.http.ListenFailure;
import dev.sluice.http.ListenerOptions;
import dev.sluice.http.Problem;
import dev.sluice.http.Problems;
import dev.sluice.http.Visit;
import dev.sluice.ingest.decode.Refusals;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public listener: events go to ingest, everything else to {@code rest}. Instances share the port. It listens from
 * its start on, so that a port that is taken is known before anything was read from the journal, and serves when it is
 * opened.
 */
public final class IngestVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(IngestVerticle.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final HttpServerOptions options;
    private final IngestHandler ingest;
    private final Handler<HttpServerRequest> rest;
    private final Duties duties;
    private final Guests guests;
    private @Nullable HttpServer server;

    // written by the thread that starts the pod
    private volatile boolean open;

    /**
     * @param ingest of this instance alone
     * @param roles  what is for another role is refused
     */
    public IngestVerticle(
            HttpServerOptions options, IngestHandler ingest, Handler<HttpServerRequest> rest, List<PodRole> roles) {
        this(options, ingest, rest, roles, Ticker.SYSTEM);
    }

    IngestVerticle(
            HttpServerOptions options,
            IngestHandler ingest,
            Handler<HttpServerRequest> rest,
            List<PodRole> roles,
            Ticker ticker) {
        this.options = options;
        this.ingest = ingest;
        this.rest = rest;
        this.duties = new Duties(roles);
        this.guests = new Guests(ListenerOptions.idle(options), ticker);
    }

    @Override
    public Future<?> start() {
        HttpServer listener = FrontDoor.of(vertx.createHttpServer(options), this::dispatch, guests::came);
        server = listener;
        new VertxTimers(vertx).every(SWEEP, this::sweep);
        return listener.listen()
                .recover(cause -> Future.failedFuture(
                        new ListenFailure("http.port", options.getPort(), options.getHost(), cause)));
    }

    /** Shows itself as another one to those who come from now on. To be called on the verticle's context. */
    public Future<?> renew(ServerSSLOptions identity) {
        return server == null ? Future.succeededFuture() : server.updateSSLOptions(identity);
    }

    void sweep() {
        guests.sweep();
    }

    /** Serves from now on. Any thread. */
    public void open() {
        open = true;
    }

    /**
     * Serves on and tells its clients to go; then takes nothing new, and ends when what is under way is answered, or after
     * the patience. To be called on the verticle's context.
     */
    public Future<Void> leave(Duration patience) {
        Timers timers = new VertxTimers(vertx);
        Duration last = patience.dividedBy(5);
        Future<Void> gone = guests.leave(patience.minus(last), timers);
        ingest.endStreams();
        return gone.compose(done -> end(last));
    }

    private Future<Void> end(Duration patience) {
        ingest.drain();
        if (guests.connections() > 0) {
            LOG.atWarn()
                    .addKeyValue("connections", guests.connections())
                    .addKeyValue("waiting", guests.waiting())
                    .log("clients that did not go are cut off");
        }
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** At once. */
    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** The port it listens on, once it is deployed; -1 before. */
    public int port() {
        return server == null ? -1 : server.actualPort();
    }

    private void dispatch(HttpServerRequest request) {
        Visit visit = guests.asks(request);
        if (!open) {
            Problems.refuse(request, Refusals.STARTING, 0);
            return;
        }
        Problem elsewhere = duties.refusal(request);
        if (elsewhere != null) {
            Problems.refuse(request, elsewhere, 0);
        } else if (!ingest.take(request, visit)) {
            rest.handle(request);
        }
    }
}
