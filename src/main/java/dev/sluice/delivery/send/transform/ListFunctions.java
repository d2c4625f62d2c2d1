package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.JFunction;
import dev.sluice.delivery.send.transform.BoundedFunction.Arguments;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The functions of JSONata that apply another one to many values. A function that the expression defines comes back to
 * the evaluator with each value, where the budget is checked; one of the library does not, so it is wrapped:
 * {@code $reduce([1..1000000], $append)} would run for minutes.
 */
final class ListFunctions {
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
                applying("sort", "<af?:a>", "sort"));
    }

    private BoundedFunction applying(String name, String signature, String method) {
        Method original = Objects.requireNonNull(Functions.getFunction(Functions.class, method));
        return new BoundedFunction(
                name, signature, method, arguments -> Functions.call(null, original, checked(arguments)));
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
                    budget.check();
                    Object result = function.call(input, arguments);
                    weights.check(result);
                    return result;
                },
                signature);
    }
}
