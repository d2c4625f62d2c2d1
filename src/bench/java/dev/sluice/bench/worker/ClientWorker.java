package dev.sluice.bench.worker;

import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The floor of a delivery: {@code {"client":"http"|"web","port":n,"inFlight":n,"bytes":n,"millis":n,"rate":x,"tls":b,
 * "keep":b}} posts a body to the receiver, so many a second or, with 0, as fast as answers come, over connections that are kept or
 * over one for each, and answers how often it was answered.
 */
final class ClientWorker implements Worker {
    private final Vertx vertx;
    private final Ticker ticker;

    ClientWorker(Vertx vertx, Ticker ticker) {
        this.vertx = vertx;
        this.ticker = ticker;
    }

    @Override
    public Future<JsonObject> start() {
        return Worker.ready();
    }

    @Override
    public Future<JsonObject> run(JsonObject command) {
        int inFlight = command.getInteger("inFlight");
        Buffer body = Buffer.buffer("x".repeat(command.getInteger("bytes")));
        HttpClientOptions options = new HttpClientOptions().setKeepAlive(command.getBoolean("keep"));
        HttpClient client = vertx.httpClientBuilder()
                .with(command.getBoolean("tls") ? Identity.client(options) : options)
                .with(new PoolOptions().setHttp1MaxSize(inFlight))
                .build();
        Supplier<Future<Integer>> post = switch (command.getString("client")) {
            case "http" -> bare(client, command.getInteger("port"), body);
            case "web" -> web(client, command.getInteger("port"), body);
            default -> throw new IllegalArgumentException("client: " + command + " (expected: http or web)");
        };
        return run(command, inFlight, post)
                .eventually(client::close)
                .map(events -> new JsonObject().put("events", events));
    }

    private Future<Long> run(JsonObject command, int inFlight, Supplier<Future<Integer>> post) {
        Duration time = Duration.ofMillis(command.getLong("millis"));
        double rate = command.getDouble("rate");
        if (rate == 0) {
            return new ClosedLoop(ticker, time, post).run(inFlight);
        }
        ContextInternal home = (ContextInternal) vertx.getOrCreateContext();
        return new PacedLoop(home, ticker, Pace.open(ticker.nanos(), time, rate), post).run();
    }

    private static Supplier<Future<Integer>> bare(HttpClient client, int port, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/bare")
                .putHeader("content-type", "application/json");
        return () -> client.request(options)
                .compose(request -> request.send(body))
                .compose(HttpClientResponse::end)
                .map(1);
    }

    private static Supplier<Future<Integer>> web(HttpClient client, int port, Buffer body) {
        WebClient web = WebClient.wrap(client);
        return () -> web.post(port, "127.0.0.1", "/bare")
                .putHeader("content-type", "application/json")
                .sendBuffer(body)
                .map(1);
    }
}
