package dev.sluice.redis.line;

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

    public OneLine(WatchedConnection line) {
        this.line = line;
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
        return send(request).map(Kept::of);
    }

    @Override
    public List<Server> servers() {
        return List.of(new Server("", this::send));
    }

    @Override
    public void close() {
        line.close();
    }
}
