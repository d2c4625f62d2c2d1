package dev.sluice.bench.worker;

import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * One run of the load over a set of connections; confined to the load's event loop.
 *
 * <p>How it works: whenever a connection becomes free or a request becomes due, {@link #pump} sends all that is due over
 * the connections that are free, in order. Between, it sleeps in the event loop itself, to the nanosecond that the
 * kernel grants; a Vert.x timer has whole milliseconds, which is the size of what is measured.
 */
final class LoadRun {
    /** How long answers are awaited after the last request. */
    static final Duration GRACE = Duration.ofSeconds(10);

    /** How long a connection rests after a refusal, and before it is opened again. */
    private static final Duration REST = Duration.ofMillis(50);

    private final Surroundings around;
    private final Pace pace;
    private final EventRequest request;
    private final int run;

    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Promise<JsonObject> end = Promise.promise();
    private final Histogram latency = Latency.recorder();
    private long startNanos;
    private long startMicros;
    private long next;
    private long accepted;
    private long refused;
    private long unknown;
    private boolean armed;

    /** What a run needs of the process it is in. */
    record Surroundings(
            ContextInternal home,
            Timers timers,
            Ticker ticker,
            EpochMicros clock,
            Supplier<Future<Connection>> connect) {}

    LoadRun(Surroundings around, Pace pace, EventRequest request, int run) {
        this.around = around;
        this.pace = pace;
        this.request = request;
        this.run = run;
    }

    /** Completes when the pace is over and everything answered, at the latest after {@code limit}. */
    Future<JsonObject> start(List<Connection> connections, Duration limit) {
        idle.addAll(connections);
        startNanos = around.ticker().nanos();
        startMicros = around.clock().now();
        Timers.Timer last = around.timers().after(limit, this::finish);
        pump();
        return end.future().onComplete(done -> {
            last.cancel();
            idle.forEach(Connection::close);
        });
    }

    private void pump() {
        while (!end.future().isComplete()) {
            long now = around.ticker().nanos();
            if (pace.over(next, now)) {
                finishIfAnswered();
                return;
            }
            if (idle.isEmpty()) {
                return;
            }
            long due = pace.due(next, now);
            if (due - now > 0) {
                sleep(due - now);
                return;
            }
            send(idle.remove(), due);
        }
    }

    private void send(Connection connection, long due) {
        long dueMicros = startMicros + (due - startNanos) / 1_000;
        connection.post(
                request.stamped(new Stamp(run, next++, dueMicros)), status -> answered(connection, status, due));
    }

    private void answered(Connection connection, int status, long due) {
        if (status == Connection.LOST) {
            unknown++;
            around.timers().after(REST, this::reopen);
        } else if (status / 100 == 2) {
            accepted++;
            Latency.record(latency, (around.ticker().nanos() - due) / 1_000);
            idle.add(connection);
        } else {
            refused++;
            around.timers().after(REST, () -> free(connection));
        }
        pump();
    }

    private void reopen() {
        around.connect()
                .get()
                .onSuccess(this::free)
                .onFailure(failure -> around.timers().after(REST, this::reopen));
    }

    private void free(Connection connection) {
        if (end.future().isComplete()) {
            connection.close();
            return;
        }
        idle.add(connection);
        pump();
    }

    private void sleep(long nanos) {
        if (armed) {
            return;
        }
        armed = true;
        ContextInternal home = around.home();
        var unused = home.nettyEventLoop().schedule(() -> home.dispatch(this::wake), nanos, TimeUnit.NANOSECONDS);
    }

    private void wake() {
        armed = false;
        pump();
    }

    private void finishIfAnswered() {
        if (accepted + refused + unknown == next) {
            finish();
        }
    }

    private void finish() {
        end.tryComplete(new JsonObject()
                .put("accepted", accepted)
                .put("refused", refused)
                .put("unknown", next - accepted - refused)
                .put("unsent", pace.unsent(next))
                .put("startMicros", startMicros)
                .put("endMicros", around.clock().now())
                .put("latency", Latency.of(latency).toJson()));
    }
}
