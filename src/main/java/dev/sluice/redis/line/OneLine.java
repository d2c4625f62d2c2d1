package dev.sluice.redis.line;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

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
    public Future<List<Response>> repeatable(List<Request> requests) {
        return batch(requests);
    }

    @Override
    public Future<Written> write(List<Request> requests, Request behind) {
        List<Request> all = new ArrayList<>(requests);
        all.add(behind);
        int last = requests.size();
        return batch(all).map(answers -> new Written(answers.subList(0, last), answers.subList(last, last + 1)));
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
