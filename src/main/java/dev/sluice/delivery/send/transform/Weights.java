package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils.RangeList;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds every value of an evaluation below a size. Used by one thread at a time.
 *
 * <p>The weight of a value is the number of its characters where it is walked as a tree, and four for each node. {@code
 * [$x, $x]} is one new node in memory but twice the weight of {@code $x}; thirty of them in a row would keep whoever writes, compares or
 * copies the last one busy for hours, without one step of the evaluator in between. With the weight bounded, whatever the
 * library does with a value in one step is bounded too.
 */
final class Weights {
    static final long MOST = 8L << 20;

    private static final int MOST_DEPTH = 1000;
    /** Of a value beside its characters. */
    static final long NODE = 4;

    private static final long NANOS_PER_NODE = 5;

    private final Budget budget;
    private final boolean copies;
    /** Of lists and objects: the evaluator never changes one that it has handed out, but see {@link #changing}. */
    private final IdentityHashMap<Object, Long> known = new IdentityHashMap<>();

    /** From the moment at which there is an update ({@code |…|…|}): it changes a copy in place. Then nothing is known. */
    private boolean changing;

    /**
     * @param copies whether the expression makes copies: the library would put another value, or none, in the place of a number
     *     that is no double, and print a stack trace
     */
    Weights(Budget budget, boolean copies) {
        this.budget = budget;
        this.copies = copies;
    }

    void clear() {
        known.clear();
        changing = false;
    }

    /**
     * The weight of what the evaluator made.
     *
     * @throws Refusal if it is too heavy
     */
    long check(@Nullable Object value) {
        if (value instanceof JFunction function) {
            noteUpdate(function);
        }
        return of(value);
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
            return bounded(NODE + text.length());
        }
        if (value instanceof RangeList range) {
            return bounded(NODE * range.size());
        }
        if (value instanceof Number number) {
            return ofNumber(copies ? requireDouble(number) : number);
        }
        if (!(value instanceof List<?> || value instanceof Map<?, ?>)) {
            return NODE;
        }
        Long weight = known.get(value);
        if (weight != null) {
            return weight;
        }
        if (depth > MOST_DEPTH) {
            throw new Refusal("holds a value that is nested more than %d deep, or in itself", MOST_DEPTH);
        }
        budget.charge(NANOS_PER_NODE * width(value));
        budget.check();
        long total = value instanceof List<?> list ? ofList(list, depth) : ofObject((Map<?, ?>) value, depth);
        if (!changing) {
            known.put(value, total);
        }
        return total;
    }

    private static Number requireDouble(Number number) {
        if (!Double.isFinite(number.doubleValue())) {
            throw new Refusal(
                    "holds a number of more than 308 digits (expected: one that is a double, for |…|…| and $clone)");
        }
        return number;
    }

    /** By its digits: of a double the library writes all, as many as it is far from the point, before it cuts them. */
    private static long ofNumber(Number number) {
        if (number instanceof BigInteger integer) {
            return NODE + integer.bitLength() / 3;
        }
        if (number instanceof BigDecimal decimal) {
            return NODE + decimal.unscaledValue().bitLength() / 3;
        }
        long exponent = number instanceof Double ? Math.getExponent(number.doubleValue()) : 0;
        return NODE + exponent * exponent / 512;
    }

    /** What is copied when the value is: its elements or characters, not what they hold. */
    static long width(@Nullable Object value) {
        if (value instanceof Collection<?> list) {
            return list.size();
        }
        return value instanceof String text ? text.length() : value instanceof Map<?, ?> object ? object.size() : 1;
    }

    private long ofList(List<?> list, int depth) {
        long total = NODE;
        for (Object element : list) {
            total = bounded(total + weigh(element, depth + 1));
        }
        return total;
    }

    private long ofObject(Map<?, ?> object, int depth) {
        long total = NODE;
        for (Map.Entry<?, ?> member : object.entrySet()) {
            total = bounded(total + weigh(member.getKey(), depth + 1) + weigh(member.getValue(), depth + 1));
        }
        return total;
    }

    static long bounded(long weight) {
        if (weight > MOST) {
            throw new Refusal("holds a value of more than %d characters (an element counts as four)", MOST);
        }
        return weight;
    }
}
