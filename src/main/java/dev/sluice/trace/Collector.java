package dev.sluice.trace;

import dev.sluice.config.TracingConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The receiver of spans, by OTLP over HTTP. One request at a time. */
final class Collector {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final HttpClient client;
    private final RequestOptions request;

    Collector(Vertx vertx, TracingConfig config) {
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) PATIENCE.toMillis())
                        .setIdleTimeout((int) IDLE.toSeconds())
                        .setKeepAliveTimeout((int) IDLE.toSeconds()),
                new PoolOptions().setHttp1MaxSize(1).setMaxWaitQueueSize(1));
        request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(config.target().toString())
                .putHeader("content-type", Otlp.TYPE);
        if (config.authorization() != null) {
            request.putHeader("authorization", config.authorization());
        }
    }

    /** Fails with {@link Refused} for any answer but a 2xx, whose body nobody reads. */
    Future<Void> take(Buffer spans) {
        return client.request(request)
                .compose(asked -> answer(asked, spans))
                .compose(status ->
                        status / 100 == 2 ? Future.succeededFuture() : Future.failedFuture(new Refused(status)));
    }

    private static Future<Integer> answer(HttpClientRequest asked, Buffer spans) {
        return asked.send(spans)
                .compose(answer -> answer.end().map(ended -> answer.statusCode()))
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> asked.reset());
    }

    Future<Void> close() {
        return client.close();
    }
}
