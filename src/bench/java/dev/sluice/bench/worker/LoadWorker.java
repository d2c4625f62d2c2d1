package dev.sluice.bench.worker;

import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Posts what is numbered, each command over connections of its own that it opens before its time begins, to the ports in turn.
 *
 * <ul>
 *   <li>{@code {"op":"events","run":n,"ports":[n,…],"path":"/…","connections":n,"millis":n,"count":n,"rate":x,
 *       "elsewhereEvery":n,"tls":b,"events":{…}}}: events as the {@link EventSpec} says, at a rate of so many a second, or with 0 as
 *       fast as answers come, for a time, or until they are so many, if that is not 0;
 *   <li>{@code {"op":"webhooks","ports":[n],"connections":n,"webhook":"{…}","types":n,"tenants":n}}: creates a webhook for
 *       each type of each tenant.
 * </ul>
 */
final class LoadWorker implements Worker {
    /** For the creation of webhooks. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

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
        List<Integer> ports =
                command.getJsonArray("ports").stream().map(Integer.class::cast).toList();
        String authority = "127.0.0.1:" + ports.get(0);
        return switch (command.getString("op")) {
            case "events" -> events(command, ports, authority);
            case "webhooks" -> webhooks(command, ports, authority);
            default -> Future.failedFuture("op: " + command + " (expected: events or webhooks)");
        };
    }

    private Future<JsonObject> events(JsonObject command, List<Integer> ports, String authority) {
        Requests requests = new EventRequests(
                command.getInteger("run"),
                authority,
                command.getString("path"),
                EventSpec.from(command.getJsonObject("events")),
                command.getInteger("elsewhereEvery"));
        Duration time = Duration.ofMillis(command.getLong("millis"));
        double rate = command.getDouble("rate") / requests.perRequest();
        long count = command.getLong("count") / requests.perRequest();
        return run(
                requests,
                ports,
                command.getBoolean("tls") ? Identity.net() : new NetClientOptions(),
                command.getInteger("connections"),
                start -> rate > 0
                        ? Pace.open(start, time, rate)
                        : count > 0 ? Pace.counted(count) : Pace.closed(start, time),
                time.multipliedBy(2).plus(LoadRun.GRACE));
    }

    private Future<JsonObject> webhooks(JsonObject command, List<Integer> ports, String authority) {
        int types = command.getInteger("types");
        int tenants = command.getInteger("tenants");
        Requests requests = new WebhookRequests(authority, command.getString("webhook"), types, tenants);
        return run(
                requests,
                ports,
                new NetClientOptions(),
                command.getInteger("connections"),
                start -> Pace.counted((long) types * tenants),
                PATIENCE);
    }

    private Future<JsonObject> run(
            Requests requests,
            List<Integer> ports,
            NetClientOptions options,
            int connections,
            LongFunction<Pace> pace,
            Duration limit) {
        NetClient client = vertx.createNetClient(options);
        IntFunction<Future<Connection>> connect =
                number -> Connection.open(client, ports.get(number % ports.size()), number, requests);
        return Future.all(IntStream.range(0, connections).mapToObj(connect).toList())
                .compose(open -> {
                    LoadRun.Surroundings around = new LoadRun.Surroundings(
                            (ContextInternal) vertx.getOrCreateContext(),
                            new VertxTimers(vertx),
                            ticker,
                            clock,
                            connect);
                    LoadRun run = new LoadRun(around, pace.apply(ticker.nanos()), requests);
                    return run.start(open.list(), limit);
                })
                .eventually(client::close);
    }
}
