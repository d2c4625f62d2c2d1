package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JLambda;
import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.Utils;
import com.dashjoin.jsonata.Utils.JList;
import dev.sluice.jsonata.ExpressionParts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the evaluator does between one part of an expression and the next: weighed, and charged to the budget. Used by one
 * thread at a time.
 *
 * <p>Most of it takes as long as the values are wide that it copies, or heavy that it compares. What takes longer is measured before it begins: the
 * wildcard and the name, which copy what they have once more for each inner list; the records of a path that binds variables;
 * the copy that an update makes.
 */
final class Steps {
    /** A record of a path that binds variables, and one variable in it. */
    private static final long BYTES_PER_RECORD = 200;

    /** Copied from one list to the next. */
    private static final int NODES_PER_NANO = 4;

    private static final long BYTES_PER_BINDING = 50;
    private static final long NANOS_PER_RECORD = 100;
    private static final long NANOS_PER_COPIED_NODE = 150;

    private final ExpressionParts parts;
    private final Budget budget;
    private final Weights weights;
    /** By depth: what the parts weigh that were left since the part around them was entered. */
    private final long[] weighed;

    Steps(ExpressionParts parts, Budget budget, Weights weights) {
        this.parts = parts;
        this.budget = budget;
        this.weights = weights;
        this.weighed = new long[budget.mostDepth() + 2];
    }

    void enter(Symbol part, @Nullable Object input) {
        weighed[budget.enter() + 1] = 0;
        if (input instanceof List<?> list) {
            switch (ExpressionParts.type(part)) {
                case "wildcard" -> budget.charge(appended(list));
                case "name" -> budget.charge(copied(list));
                case "path" -> record(part, list);
                default -> {}
            }
        } else if (input instanceof Map<?, ?> object && "wildcard".equals(ExpressionParts.type(part))) {
            budget.charge(appended(object.values()));
        }
        if (parts.isUpdated(part)) {
            budget.charge(NANOS_PER_COPIED_NODE * weights.of(input));
        }
    }

    void leave(Symbol part, @Nullable Object result) {
        int depth = budget.leave();
        long operands = weighed[depth + 1];
        weighed[depth] += weights.check(result);
        budget.charge(Weights.width(result) / NODES_PER_NANO);
        switch (ExpressionParts.type(part)) {
            case "path" -> {}
            case "binary" -> budget.charge(operands / NODES_PER_NANO);
            default -> record(part, result);
        }
        if (parts.isCalled(part)) {
            checkCallable(part, result);
        }
    }

    /** How many values are copied where each inner list is appended to a copy of all before it. */
    private long appended(Iterable<?> values) {
        long appended = 0;
        long before = 0;
        for (Object value : values) {
            boolean isList = value instanceof List<?>;
            before += isList ? weights.of(value) : 1;
            appended += isList ? before : 0;
        }
        return appended;
    }

    /** How many values are copied where what is found in each inner list is added to the list around it. */
    private static long copied(List<?> list) {
        long[] copied = {0};
        if (list.stream().anyMatch(List.class::isInstance)) {
            found(list, copied);
        }
        return copied[0];
    }

    private static long found(List<?> list, long[] copied) {
        long found = 0;
        for (Object value : list) {
            found += value instanceof List<?> inner ? found(inner, copied) : 1;
        }
        copied[0] += found;
        return found;
    }

    private void record(Symbol part, @Nullable Object values) {
        int bindings = parts.bindings(part);
        if (bindings > 0) {
            long width = values instanceof List<?> list ? list.size() : 1;
            budget.charge(width * NANOS_PER_RECORD);
            budget.promise(width * (BYTES_PER_RECORD + bindings * BYTES_PER_BINDING));
        }
    }

    /** The library would print what it is to call, and cannot. */
    private static void checkCallable(Symbol part, @Nullable Object result) {
        Object callee = result;
        if (Utils.isSequence(result) && result instanceof JList<?> sequence && sequence.size() <= 1) {
            callee = sequence.isEmpty() ? null : sequence.get(0);
        }
        boolean isCallable =
                callee == null || callee instanceof JFunction || callee instanceof JLambda || callee instanceof Symbol;
        if (!isCallable) {
            throw new JException("T1006", ExpressionParts.position(part));
        }
    }
}
