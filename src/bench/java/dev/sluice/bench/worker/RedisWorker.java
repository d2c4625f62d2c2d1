package dev.sluice.bench.worker;

import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The floor of the journal: events to and from one stream, in pipelined batches of 64 on one connection.
 *
 * <ul>
 *   <li>{@code {"op":"append","port":n,"bytes":n,"millis":n}}: {@code XADD}, each batch one write;
 *   <li>{@code {"op":"fill",…}}: puts there what is read next;
 *   <li>{@code {"op":"read",…}}: {@code XREADGROUP}, and {@code XACK} of what it returned; goes through the same entries
 *       again and again, by moving the group back.
 * </ul>
 */
final class RedisWorker implements Worker {
    private static final int BATCH = 64;
    private static final int ENTRIES = 50_048;
    private static final int PIPELINED = 2;
    private static final String STREAM = "bench:events";
    private static final String GROUP = "bench";

    private final Vertx vertx;
    private final Ticker ticker;

    RedisWorker(Vertx vertx, Ticker ticker) {
        this.vertx = vertx;
        this.ticker = ticker;
    }

    @Override
    public Future<JsonObject> start() {
        return Worker.ready();
    }

    @Override
    public Future<JsonObject> run(JsonObject command) {
        Redis client = Redis.createClient(vertx, "redis://127.0.0.1:" + command.getInteger("port"));
        Duration time = Duration.ofMillis(command.getLong("millis"));
        String data = "x".repeat(command.getInteger("bytes"));
        return client.connect()
                .compose(connection -> switch (command.getString("op")) {
                    case "append" -> append(connection, data, time);
                    case "fill" -> fill(connection, data);
                    case "read" -> read(connection, time);
                    default -> Future.failedFuture("op: " + command + " (expected: append, fill or read)");
                })
                .eventually(client::close)
                .map(events -> new JsonObject().put("events", events));
    }

    private Future<Long> append(RedisConnection connection, String data, Duration time) {
        List<Request> batch = batch(data);
        return connection
                .send(Request.cmd(Command.DEL).arg(STREAM))
                .compose(empty -> new ClosedLoop(
                                ticker, time, () -> connection.batch(batch).map(BATCH))
                        .run(PIPELINED));
    }

    /** One in a batch trims, and only whole nodes: the stream stays near its length at hardly any cost. */
    private static List<Request> batch(String data) {
        Request first = entry(
                Request.cmd(Command.XADD).arg(STREAM).arg("MAXLEN").arg("~").arg(ENTRIES), data);
        Request next = entry(Request.cmd(Command.XADD).arg(STREAM), data);
        List<Request> batch = new ArrayList<>(Collections.nCopies(BATCH, next));
        batch.set(0, first);
        return List.copyOf(batch);
    }

    private static Request entry(Request add, String data) {
        return add.arg("*")
                .arg("id")
                .arg("evt_01jd7q3v8y5t2m4n6p8r0s1w3x")
                .arg("type")
                .arg("bench.event")
                .arg("data")
                .arg(data);
    }

    private static Future<Long> fill(RedisConnection connection, String data) {
        Request create =
                Request.cmd(Command.XGROUP).arg("CREATE").arg(STREAM).arg(GROUP).arg("0");
        Future<?> filled = connection.send(Request.cmd(Command.DEL).arg(STREAM));
        List<Request> batch = batch(data);
        for (int i = 0; i < ENTRIES / BATCH; i++) {
            filled = filled.compose(before -> connection.batch(batch));
        }
        return filled.compose(full -> connection.send(create)).map((long) ENTRIES);
    }

    private Future<Long> read(RedisConnection connection, Duration time) {
        return new ClosedLoop(ticker, time, () -> readAndAcknowledge(connection)).run(PIPELINED);
    }

    private static Future<Integer> readAndAcknowledge(RedisConnection connection) {
        Request read = Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(GROUP)
                .arg("pod")
                .arg("COUNT")
                .arg(BATCH)
                .arg("STREAMS")
                .arg(STREAM)
                .arg(">");
        return connection.send(read).compose(streams -> acknowledge(connection, streams));
    }

    private static Future<Integer> acknowledge(RedisConnection connection, @Nullable Response streams) {
        if (streams == null) {
            Request back = Request.cmd(Command.XGROUP)
                    .arg("SETID")
                    .arg(STREAM)
                    .arg(GROUP)
                    .arg("0");
            return connection.send(back).map(0);
        }
        // RESP3: a map of stream to entries, each an id and its fields.
        Response entries = streams.get(STREAM);
        Request ack = Request.cmd(Command.XACK).arg(STREAM).arg(GROUP);
        entries.forEach(entry -> ack.arg(entry.get(0).toString()));
        return connection.send(ack).map(entries.size());
    }
}
