package dev.sluice.sim;

import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import dev.sluice.sim.redis.Answers;
import io.vertx.core.Promise;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One connection between a process and Redis. What was sent arrives in its order, after a time; so do the answers. Whoever gives
 * it up does not take back what is on its way.
 */
final class SimLine {
    private final Scheduler scheduler;
    private final SimServer server;
    private final SimLoop loop;
    private final LongSupplier latency;
    private final Runnable lost;
    private final Deque<Promise<Response>> unanswered = new ArrayDeque<>();
    private final Deque<List<String>> arrived = new ArrayDeque<>();
    private boolean serving;
    private boolean given;
    private boolean broken;
    private boolean mute;
    private long there;
    private long back;
    private long answered;
    private long lastWrite;
    final String name;

    /** @param lost told when it breaks and this end hears of it */
    SimLine(Scheduler scheduler, SimServer server, SimLoop loop, String name, LongSupplier latency, Runnable lost) {
        this.scheduler = scheduler;
        this.server = server;
        this.loop = loop;
        this.name = name;
        this.latency = latency;
        this.lost = lost;
        server.connected(this);
    }

    int outstanding() {
        return unanswered.size();
    }

    long answered() {
        return answered;
    }

    void send(Request request, Promise<Response> promise) {
        unanswered.add(promise);
        List<String> words = Answers.words(request);
        there = Math.max(there, scheduler.now() + latency.getAsLong());
        scheduler.at(there, () -> arrive(words));
    }

    private void arrive(List<String> words) {
        if (broken || mute) {
            return;
        }
        arrived.add(words);
        serve();
    }

    private void serve() {
        while (!serving && !broken && !arrived.isEmpty()) {
            serving = true;
            server.execute(this, arrived.remove(), answer -> {
                serving = false;
                answer(answer);
                serve();
            });
        }
    }

    private void answer(Object answer) {
        Response response = Answers.of(answer);
        back = Math.max(back, scheduler.now() + latency.getAsLong());
        scheduler.at(
                back,
                () -> loop.turn(() -> {
                    if (!broken && !given && !mute && !unanswered.isEmpty()) {
                        answered++;
                        complete(unanswered.remove(), response);
                    }
                }));
    }

    private static void complete(Promise<Response> promise, Response response) {
        if (response != null && response.type() == ResponseType.ERROR) {
            promise.fail((Throwable) response);
        } else {
            promise.complete(response);
        }
    }

    /** Both ends hear of it. */
    void cut() {
        if (!broken) {
            broken = true;
            server.gone(this);
            scheduler.after(
                    latency.getAsLong(),
                    () -> loop.turn(() -> {
                        if (!given) {
                            lost.run();
                        }
                    }));
        }
    }

    /** Nothing comes through any more, and nobody hears of it. */
    void mute() {
        mute = true;
    }

    /** This end gives it up: what is on its way arrives all the same. */
    void giveUp(Trouble why, String reason) {
        given = true;
        scheduler.after(latency.getAsLong() + Times.MILLI, () -> {
            broken = true;
            server.gone(this);
        });
        RedisUnavailable cause = new RedisUnavailable(why, reason);
        while (!unanswered.isEmpty()) {
            unanswered.remove().fail(cause);
        }
    }

    void wrote(long number) {
        lastWrite = number;
    }

    /** The number of what was written last on this line. */
    long lastWrite() {
        return lastWrite;
    }

    boolean isOf(SimLoop other) {
        return loop == other;
    }
}
