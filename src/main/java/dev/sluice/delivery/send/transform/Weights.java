package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils.RangeList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds every value of an evaluation below a size. Used by one thread at a time.
 *
 * <p>The weight of a value is the number of its characters and nodes where it is walked as a tree. {@code [$x, $x]} is one
 * new node in memory but twice the weight of {@code $x}; thirty of them in a row would keep whoever writes, compares or
 * copies the last one busy for hours, without one step of the evaluator in between. With the weight bounded, whatever the
 * library does with a value in one step is bounded too.
 */
final class Weights {
    static final long MOST = 8L << 20;

    private static final int MOST_DEPTH = 1000;

    private final Budget budget;
    /** Of lists and objects: the evaluator never changes one that it has handed out, but see {@link #changing}. */
    private final IdentityHashMap<Object, Long> known = new IdentityHashMap<>();

    /** From the moment at which there is an update ({@code |…|…|}): it changes a copy in place. Then nothing is known. */
    private boolean changing;

    Weights(Budget budget) {
        this.budget = budget;
    }

    void clear() {
        known.clear();
        changing = false;
    }

    /** @throws Refusal if it weighs too much */
    void check(@Nullable Object value) {
        if (value instanceof JFunction function) {
            noteUpdate(function);
        } else {
            of(value);
        }
    }

    /**
     * The weight of a value that is not too heavy.
     *
     * @throws Refusal if it is
     */
    long of(@Nullable Object value) {
        return weigh(value, 0);
    }

    /** The functions of the library have arguments; those of its own making that have none are updates, or harmless. */
    private void noteUpdate(JFunction function) {
        if (!(function instanceof BoundedFunction) && function.getNumberOfArgs() == 0) {
            changing = true;
            known.clear();
        }
    }

    private long weigh(@Nullable Object value, int depth) {
        if (value instanceof String text) {
            return bounded(1 + (long) text.length());
        }
        if (value instanceof RangeList range) {
            return bounded(1 + (long) range.size());
        }
        if (!(value instanceof List<?> || value instanceof Map<?, ?>)) {
            return 1;
        }
        Long weight = known.get(value);
        if (weight != null) {
            return weight;
        }
        if (depth > MOST_DEPTH) {
            throw new Refusal("holds a value that is nested more than %d deep, or in itself", MOST_DEPTH);
        }
        budget.check();
        long total = value instanceof List<?> list ? ofList(list, depth) : ofObject((Map<?, ?>) value, depth);
        if (!changing) {
            known.put(value, total);
        }
        return total;
    }

    private long ofList(List<?> list, int depth) {
        long total = 1;
        for (Object element : list) {
            total = bounded(total + weigh(element, depth + 1));
        }
        return total;
    }

    private long ofObject(Map<?, ?> object, int depth) {
        long total = 1;
        for (Map.Entry<?, ?> member : object.entrySet()) {
            total = bounded(total + weigh(member.getKey(), depth + 1) + weigh(member.getValue(), depth + 1));
        }
        return total;
    }

    static long bounded(long weight) {
        if (weight > MOST) {
            throw new Refusal("holds a value of more than %d characters or elements", MOST);
        }
        return weight;
    }
}
