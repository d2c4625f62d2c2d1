package dev.sluice.redis.line;

import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All keys are on one server. */
public final class OneLine implements Lines {
    private final WatchedConnection line;
    private final int replicas;
    private final Timers timers;

    // confined state
    private @Nullable Replication replication;

    /** @param replicas that must have what is to be kept; 0: none */
    public OneLine(WatchedConnection line, int replicas, Timers timers) {
        this.line = line;
        this.replicas = replicas;
        this.timers = timers;
        line.onLost(this::lost);
    }

    private void lost() {
        if (replication != null) {
            replication.end();
            replication = null;
        }
    }

    @Override
    public void open() {
        line.open();
    }

    @Override
    public boolean isUp() {
        return line.isUp();
    }

    @Override
    public boolean isUp(String key) {
        return line.isUp();
    }

    @Override
    public int outstanding() {
        return line.outstanding();
    }

    @Override
    public void onUp(Runnable listener) {
        line.onUp(listener);
    }

    @Override
    public void greet(List<Request> requests) {
        line.onUp(() -> requests.forEach(this::send));
    }

    @Override
    public Future<Void> sendAll(Request request) {
        return send(request).mapEmpty();
    }

    @Override
    public Future<Response> send(Request request) {
        return line.run(live -> live.send(request));
    }

    @Override
    public Future<List<Response>> batch(List<Request> requests) {
        return line.run(live -> live.batch(requests));
    }

    @Override
    public Future<Written> repeatable(List<Request> requests) {
        return write(requests, null);
    }

    @Override
    public Future<Written> write(List<Request> requests, @Nullable Request behind) {
        int last = requests.size();
        if (behind == null) {
            return batch(requests).map(answers -> new Written(answers, Collections.nCopies(last, null)));
        }
        List<Request> all = new ArrayList<>(requests);
        all.add(behind);
        return batch(all)
                .map(answers -> new Written(answers.subList(0, last), Collections.nCopies(last, answers.get(last))));
    }

    @Override
    public Future<Kept> keep(Request request) {
        if (replicas == 0) {
            return send(request).map(Kept::of);
        }
        Future<Response> done = send(request);
        Future<Void> replicated = replicated();
        return done.map(answer -> new Kept(answer, replicated));
    }

    private Future<Void> replicated() {
        Pipeline live = line.live();
        if (live == null) {
            return Future.failedFuture(new RedisUnavailable("not connected"));
        }
        if (replication == null || !replication.isOf(live)) {
            replication = new Replication(line, live, replicas, timers);
        }
        return replication.ask(0);
    }

    @Override
    public List<Server> servers() {
        return List.of(new Server("", this::send));
    }

    @Override
    public void close() {
        line.close();
        lost();
    }
}
