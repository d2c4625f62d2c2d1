package dev.sluice.bench.worker;

import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
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
    private final Requests requests;

    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Promise<JsonObject> end = Promise.promise();
    private final Histogram latency = Latency.recorder();
    private long startNanos;
    private long startMicros;
    /** Requests that were sent. */
    private long sent;

    private long accepted;
    private long refused;
    private long unknown;
    private long elsewhere;
    private boolean armed;

    /** What a run needs of the process it is in; {@code connect} makes a connection with that number. */
    record Surroundings(
            ContextInternal home,
            Timers timers,
            Ticker ticker,
            EpochMicros clock,
            IntFunction<Future<Connection>> connect) {}

    /** @param pace of requests, whatever the number of events in each */
    LoadRun(Surroundings around, Pace pace, Requests requests) {
        this.around = around;
        this.pace = pace;
        this.requests = requests;
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
            if (pace.over(sent, now)) {
                finishIfAnswered();
                return;
            }
            if (idle.isEmpty()) {
                return;
            }
            long due = pace.due(sent, now);
            if (due - now > 0) {
                sleep(due - now);
                return;
            }
            send(idle.remove(), due);
        }
    }

    private void send(Connection connection, long due) {
        long dueMicros = startMicros + (due - startNanos) / 1_000;
        long sequence = sent++ * requests.perRequest();
        Buffer request = requests.next(sequence, connection.number(), dueMicros);
        connection.post(request, answer -> answered(connection, answer, sequence, due));
    }

    private void answered(Connection connection, Answer answer, long sequence, long due) {
        accepted += answer.accepted();
        refused += answer.refused();
        unknown += answer.unknown();
        if (connection.isClosed()) {
            around.timers().after(REST, () -> reopen(connection.number()));
        } else if (answer.refused() > 0) {
            around.timers().after(REST, () -> free(connection));
        } else {
            elsewhere += requests.elsewhere(sequence);
            Latency.record(latency, (around.ticker().nanos() - due) / 1_000);
            idle.add(connection);
        }
        pump();
    }

    private void reopen(int number) {
        around.connect()
                .apply(number)
                .onSuccess(this::free)
                .onFailure(failure -> around.timers().after(REST, () -> reopen(number)));
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
        if (accepted + refused + unknown == sent * requests.perRequest()) {
            finish();
        }
    }

    private void finish() {
        end.tryComplete(new JsonObject()
                .put("accepted", accepted)
                .put("elsewhere", elsewhere)
                .put("refused", refused)
                .put("unknown", sent * requests.perRequest() - accepted - refused)
                .put("unsent", pace.unsent(sent) * requests.perRequest())
                .put("startMicros", startMicros)
                .put("endMicros", around.clock().now())
                .put("latency", Latency.of(latency).toJson()));
    }
}
