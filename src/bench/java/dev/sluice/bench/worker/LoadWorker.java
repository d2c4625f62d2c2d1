package dev.sluice.bench.worker;

import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Posts numbered events: {@code {"run":n,"port":n,"path":"/…","bytes":n,"connections":n,"millis":n,"rate":x}}, where a
 * rate of 0 means as fast as answers come. Each command opens connections of its own before its time begins.
 */
final class LoadWorker implements Worker {
    private final Vertx vertx;
    private final Ticker ticker;
    private final EpochMicros clock;

    LoadWorker(Vertx vertx, Ticker ticker, EpochMicros clock) {
        this.vertx = vertx;
        this.ticker = ticker;
        this.clock = clock;
    }

    @Override
    public Future<JsonObject> start() {
        return Worker.ready();
    }

    @Override
    public Future<JsonObject> run(JsonObject command) {
        NetClient client = vertx.createNetClient();
        int port = command.getInteger("port");
        Stream<Future<Connection>> connections = Stream.generate(() -> Connection.open(client, port));
        return Future.all(connections.limit(command.getInteger("connections")).toList())
                .compose(open -> load(command, client, open.list()))
                .eventually(client::close);
    }

    private Future<JsonObject> load(JsonObject command, NetClient client, List<Connection> connections) {
        int port = command.getInteger("port");
        Duration time = Duration.ofMillis(command.getLong("millis"));
        double rate = command.getDouble("rate");
        long start = ticker.nanos();
        LoadRun run = new LoadRun(
                new LoadRun.Surroundings(
                        (ContextInternal) vertx.getOrCreateContext(),
                        new VertxTimers(vertx),
                        ticker,
                        clock,
                        () -> Connection.open(client, port)),
                rate == 0 ? Pace.closed(start, time) : Pace.open(start, time, rate),
                new EventRequest(port, command.getString("path"), command.getInteger("bytes")),
                command.getInteger("run"));
        return run.start(connections, time.multipliedBy(2).plus(LoadRun.GRACE));
    }
}
