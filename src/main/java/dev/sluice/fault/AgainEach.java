package dev.sluice.fault;

import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same thing done for many, of which some may fail: one {@link Again} for each that does. Beyond {@value #MOST_NAMED}
 * of them the others share one, so that a fault of everything is no flood of lines. Confined to one context.
 */
public final class AgainEach {
    static final int MOST_NAMED = 100;

    private final String what;
    private final Timers timers;
    private final FaultListener listener;

    // confined state
    /** Those that are at fault. */
    private final Map<String, Again> faulty = new HashMap<>();

    private @Nullable Again others;

    AgainEach(String what, Timers timers, FaultListener listener) {
        this.what = what;
        this.timers = timers;
        this.listener = listener;
    }

    /** As {@link Again#watch}. */
    public <T> Future<T> watch(String name, Future<T> attempt) {
        return attempt.onSuccess(done -> worked(name)).onFailure(cause -> failed(name, cause));
    }

    /** As {@link Again#later}. */
    public void later(String name, Throwable cause, Runnable attempt) {
        if (Outage.is(cause)) {
            timers.after(Again.SOON, attempt);
        } else {
            of(name).later(cause, attempt);
        }
    }

    public void failed(String name, Throwable cause) {
        if (!Outage.is(cause)) {
            of(name).failed(cause);
        }
    }

    public void worked(String name) {
        Again again = faulty.remove(name);
        if (again != null) {
            again.worked();
        }
        if (faulty.isEmpty() && others != null) {
            others.worked();
            others = null;
        }
    }

    private Again of(String name) {
        Again known = faulty.get(name);
        if (known != null) {
            return known;
        }
        if (faulty.size() < MOST_NAMED) {
            Again fresh = new Again(what, timers, listener).about(name);
            faulty.put(name, fresh);
            return fresh;
        }
        Again shared = others == null ? new Again(what, timers, listener).about("others") : others;
        others = shared;
        return shared;
    }
}
