package dev.sluice.subscription.redis;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of an action at a time for each key. Who asks while it runs gets the next run, together with all others who
 * ask meanwhile: its answer is never older than the question, and a thousand questions cost two runs.
 *
 * <p>Confined to one context.
 */
final class Rounds<T> {
    private final Function<String, Future<T>> action;

    // confined state
    private final Map<String, Round<T>> rounds = new HashMap<>();

    Rounds(Function<String, Future<T>> action) {
        this.action = action;
    }

    /** A run that starts now or later. */
    Future<T> next(String key) {
        Round<T> round = rounds.get(key);
        if (round == null) {
            return begin(key);
        }
        Future<T> next = round.next;
        if (next == null) {
            next = round.current.transform(done -> begin(key));
            round.next = next;
        }
        return next;
    }

    /** The run under way, or a new one. */
    Future<T> current(String key) {
        Round<T> round = rounds.get(key);
        return round == null ? begin(key) : round.current;
    }

    boolean isRunning(String key) {
        return rounds.containsKey(key);
    }

    private Future<T> begin(String key) {
        Round<T> round = new Round<>(Future.succeededFuture().compose(go -> action.apply(key)));
        rounds.put(key, round);
        round.current.onComplete(done -> {
            if (round.next == null) {
                rounds.remove(key, round);
            }
        });
        return round.current;
    }

    private static final class Round<T> {
        private final Future<T> current;
        private @Nullable Future<T> next;

        private Round(Future<T> current) {
            this.current = current;
        }
    }
}
