package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils;
import com.dashjoin.jsonata.Utils.JList;
import dev.sluice.delivery.send.transform.BoundedFunction.Arguments;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions of JSONata that take much longer than their lists are long.
 *
 * <p>Those that apply a function to many values: one that the expression defines comes back to the evaluator with each value,
 * where the budget is checked; one of the library does not, so it is wrapped: {@code $reduce([1..1000000], $append)} would
 * run for minutes. And those that the library writes in quadratic time.
 */
final class ListFunctions {
    private static final Method ZIP = Objects.requireNonNull(Functions.getFunction(Functions.class, "zip"));

    private static final int BYTES_PER_ELEMENT = 24;
    private static final long NANOS_PER_ELEMENT = 10;
    private static final long NANOS_PER_ROW = 300;

    private final Budget budget;
    private final Weights weights;

    ListFunctions(Budget budget, Weights weights) {
        this.budget = budget;
        this.weights = weights;
    }

    List<BoundedFunction> all() {
        return List.of(
                applying("map", "<af>", "map"),
                applying("filter", "<af>", "filter"),
                applying("single", "<af?>", "single"),
                applying("reduce", "<afj?:j>", "foldLeft"),
                applying("sift", "<o-f?:o>", "sift"),
                applying("each", "<o-f:a>", "each"),
                applying("sort", "<af?:a>", "sort"),
                new BoundedFunction("zip", "<a+>", "zip", this::zip),
                new BoundedFunction("append", "<xx:a>", "append", this::append),
                new BoundedFunction("keys", "<x-:a<s>>", "keys", this::keys),
                new BoundedFunction("spread", "<x-:a<o>>", "spread", this::spread),
                new BoundedFunction("distinct", "<x:x>", "distinct", this::distinct));
    }

    private BoundedFunction applying(String name, String signature, String method) {
        Method original = Objects.requireNonNull(Functions.getFunction(Functions.class, method));
        return new BoundedFunction(name, signature, method, arguments -> {
            // Comparing long texts is what sorting them takes.
            budget.charge("sort".equals(name) ? 8 * weights.of(arguments.at(0)) : 0);
            return Functions.call(null, original, checked(arguments));
        });
    }

    private List<@Nullable Object> checked(Arguments arguments) {
        List<@Nullable Object> checked = new ArrayList<>(arguments.values().size());
        for (Object argument : arguments.values()) {
            checked.add(argument instanceof JFunction function ? checked(function) : argument);
        }
        return checked;
    }

    private JFunction checked(JFunction function) {
        String signature = "<" + "x".repeat(Functions.getFunctionArity(function)) + ":x>";
        return new JFunction(
                (input, arguments) -> {
                    budget.charge(NANOS_PER_ELEMENT);
                    budget.check();
                    Object result = function.call(input, arguments);
                    weights.check(result);
                    return result;
                },
                signature);
    }

    private @Nullable Object zip(Arguments arguments) throws Throwable {
        long shortest = Integer.MAX_VALUE;
        for (Object list : arguments.values()) {
            shortest = Math.min(shortest, list == null ? 0 : Weights.width(list));
        }
        budget.charge(NANOS_PER_ROW * shortest);
        make(shortest * arguments.values().size());
        return Functions.call(null, ZIP, new ArrayList<>(arguments.values()));
    }

    private @Nullable Object append(Arguments arguments) {
        make(Weights.width(arguments.at(0)) + Weights.width(arguments.at(1)));
        return Functions.append(arguments.at(0), arguments.at(1));
    }

    /** @throws Refusal if there is no room for so many elements */
    private void make(long elements) {
        Weights.bounded(Weights.NODE * elements);
        budget.charge(NANOS_PER_ELEMENT * elements);
        budget.promise(BYTES_PER_ELEMENT * elements);
    }

    private Object keys(Arguments arguments) {
        budget.charge(NANOS_PER_ELEMENT * weights.of(arguments.at(0)));
        Set<Object> keys = new LinkedHashSet<>();
        collectKeys(arguments.at(0), keys);
        List<Object> sequence = Utils.createSequence();
        sequence.addAll(keys);
        return sequence;
    }

    private static void collectKeys(@Nullable Object value, Set<Object> keys) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collectKeys(element, keys));
        } else if (value instanceof Map<?, ?> object) {
            keys.addAll(object.keySet());
        }
    }

    private @Nullable Object spread(Arguments arguments) {
        if (!(arguments.at(0) instanceof List<?> list)) {
            return Functions.spread(arguments.at(0));
        }
        budget.charge(8 * NANOS_PER_ELEMENT * weights.of(list));
        List<@Nullable Object> spread = new JList<>();
        spread(list, spread);
        return spread.isEmpty() ? Utils.createSequence() : spread;
    }

    private static void spread(List<?> list, List<@Nullable Object> into) {
        for (Object element : list) {
            if (element instanceof List<?> inner) {
                spread(inner, into);
            } else if (element instanceof Map<?, ?>) {
                into.addAll((List<?>) Functions.spread(element));
            } else if (element != null) {
                into.add(element);
            }
        }
    }

    /** By a text for each element: lists with the same hash would be compared each with each. */
    private @Nullable Object distinct(Arguments arguments) {
        if (!(arguments.at(0) instanceof List<?> list) || list.size() <= 1) {
            return arguments.at(0);
        }
        long weight = weights.of(list);
        budget.charge(20 * NANOS_PER_ELEMENT * weight);
        budget.promise(2 * weight);
        UniqueText identity = new UniqueText();
        Set<String> seen = new HashSet<>();
        List<@Nullable Object> distinct = list instanceof JList ? Utils.createSequence() : new ArrayList<>();
        for (Object element : list) {
            if (seen.add(identity.of(element))) {
                distinct.add(element);
            }
        }
        return distinct;
    }
}
