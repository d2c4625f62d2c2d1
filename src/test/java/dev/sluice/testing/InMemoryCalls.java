package dev.sluice.testing;

import dev.sluice.redis.trouble.RedisUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Calls of one pod to what stands for Redis: answered at once, when they are let, or never while that is away. One thread. */
final class InMemoryCalls {
    private final Map<String, Integer> made = new TreeMap<>();
    /** Calls of these methods are out until {@link #answerNext}. */
    private final Set<String> slow = new HashSet<>();

    private final Deque<Runnable> out = new ArrayDeque<>();
    private boolean away;

    <T> Future<T> call(String method, Supplier<T> work) {
        made.merge(method, 1, Integer::sum);
        if (!slow.contains(method) || away) {
            return answer(work);
        }
        Promise<T> answer = Promise.promise();
        out.add(() -> answer(work).onComplete(answer));
        return answer.future();
    }

    private <T> Future<T> answer(Supplier<T> work) {
        return away ? Future.failedFuture(new RedisUnavailable("away")) : Future.succeededFuture(work.get());
    }

    /** Every call fails from now on, and so do those that are out. */
    void goAway() {
        away = true;
        answerAll();
    }

    void comeBack() {
        away = false;
    }

    void hold(String method) {
        slow.add(method);
    }

    void holdNothing() {
        slow.clear();
    }

    int out() {
        return out.size();
    }

    void answerLast() {
        out.removeLast().run();
    }

    void answerNext() {
        out.remove().run();
    }

    /** Those too that are made because of it. */
    void answerAll() {
        while (!out.isEmpty()) {
            answerNext();
        }
    }

    /** How often the method was called, also in vain. */
    int of(String method) {
        return made.getOrDefault(method, 0);
    }

    void forget() {
        made.clear();
    }
}
