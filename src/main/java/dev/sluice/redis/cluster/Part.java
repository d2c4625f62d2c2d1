package dev.sluice.redis.cluster;

import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.line.Pipeline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands of one slot that go together, and who waits for their answers. Confined to the context of the link. */
final class Part {
    private final int slot;
    private final List<Request> requests;
    private final Promise<List<Response>> promise = Promise.promise();
    private @Nullable RedisNode doneBy;
    private boolean wasRefused;

    Part(int slot, List<Request> requests) {
        this.slot = slot;
        this.requests = requests;
    }

    int slot() {
        return slot;
    }

    List<Request> requests() {
        return requests;
    }

    int size() {
        return requests.size();
    }

    Future<List<Response>> answers() {
        return promise.future();
    }

    /** Who did it; null until then. */
    @Nullable
    RedisNode doneBy() {
        return doneBy;
    }

    /** It went another way than it was sent at first. */
    boolean wasRefused() {
        return wasRefused;
    }

    void refused() {
        wasRefused = true;
    }

    Future<List<Response>> on(Pipeline live) {
        return requests.size() == 1 ? live.send(requests.get(0)).map(Part::one) : live.batch(requests);
    }

    /** The answer may be null, which List.of refuses. */
    private static List<Response> one(@Nullable Response answer) {
        List<Response> answers = new ArrayList<>(1);
        answers.add(answer);
        return answers;
    }

    /** By a server that does not have the slot yet, and takes those who say that they were sent. */
    Future<List<Response>> askedOn(Pipeline live) {
        List<Request> asking = new ArrayList<>(2 * requests.size());
        requests.forEach(request -> {
            asking.add(Request.cmd(Command.ASKING));
            asking.add(request);
        });
        return live.batch(asking).map(answers -> {
            List<Response> own = new ArrayList<>(requests.size());
            for (int i = 1; i < answers.size(); i += 2) {
                own.add(answers.get(i));
            }
            return own;
        });
    }

    void done(RedisNode by, List<Response> answers) {
        doneBy = by;
        promise.complete(answers);
    }

    void fail(Throwable cause) {
        promise.fail(cause);
    }
}
