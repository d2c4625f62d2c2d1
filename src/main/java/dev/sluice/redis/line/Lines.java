package dev.sluice.redis.line;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one link, and how a command finds the one that leads to its keys. Confined to the context of the link
 * where nothing else is said. Commands that share a hash tag are done in the order in which they are given.
 */
public interface Lines {
    /** Goes on until closed. */
    void open();

    /** Every key can be reached. Any thread. */
    boolean isUp();

    /** The key can be reached, as far as is known. */
    boolean isUp(String key);

    /** Commands that have no answer yet. Any thread; what another one is told may be a little old. */
    int outstanding();

    /** Runs when everything can be reached, at once if it can, and each time a connection is made after that. */
    void onUp(Runnable listener);

    /** Goes first on each connection, also on those that are there. */
    void greet(List<Request> requests);

    /** To every server that can be reached; fails if none can. */
    Future<Void> sendAll(Request request);

    Future<Response> send(Request request);

    /** One answer each, in order. Fails whole if one of them fails; the message says which, the others may have taken effect. */
    Future<List<Response>> batch(List<Request> requests);

    /** As {@link #write} with nothing behind, of commands that may take effect more than once. */
    Future<Written> repeatable(List<Request> requests);

    /**
     * Behind the commands each server that gets some gets one more, which is about what was written before it. Fails if all of
     * them fail.
     *
     * @param behind null: nothing is asked
     */
    Future<Written> write(List<Request> requests, @Nullable Request behind);

    /** As {@link #send}; where other servers may be told of it before its own has replicas of it, that is waited for, too. */
    Future<Kept> keep(Request request);

    /** Those that hold data now. */
    List<Server> servers();

    /** Fails what is outstanding. */
    void close();
}
