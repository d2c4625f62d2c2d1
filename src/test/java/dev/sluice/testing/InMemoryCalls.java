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

/** What stands for Redis to one pod: its calls are answered at once, when they are let, or never while it is away. One thread. */
public abstract class InMemoryCalls {
    private final Map<String, Integer> made = new TreeMap<>();
    /** Calls of these methods are out until {@link #answerNext}. */
    private final Set<String> slow = new HashSet<>();

    private final Deque<Runnable> out = new ArrayDeque<>();
    private boolean away;

    final <T> Future<T> call(String method, Supplier<T> work) {
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

    /** Every call fails until {@link #comeBack}, and so do those that are out. */
    public void goAway() {
        away = true;
        answerAll();
    }

    public final void comeBack() {
        away = false;
    }

    /** Calls of the method have no effect, and no answer, until they are let. */
    public final void hold(String method) {
        slow.add(method);
    }

    /** What is called from now on is answered at once. */
    public final void holdNothing() {
        slow.clear();
    }

    /** How many calls are out. */
    public final int out() {
        return out.size();
    }

    /** Of those that are out, the one that was called last. */
    public final void answerLast() {
        out.removeLast().run();
    }

    public final void answerNext() {
        out.remove().run();
    }

    /** Those too that are made because of it. */
    public final void answerAll() {
        while (!out.isEmpty()) {
            answerNext();
        }
    }

    /** How often the method was called, also in vain. */
    public final int calls(String method) {
        return made.getOrDefault(method, 0);
    }

    /** As if nothing had been called yet. */
    final void forgetCalls() {
        made.clear();
    }
}
