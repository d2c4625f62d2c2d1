package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Functions;
import dev.sluice.delivery.send.transform.BoundedFunction.Arguments;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The functions of JSONata that take no longer than their arguments are heavy. The library's own do the work; what it takes is
 * charged before.
 */
final class PlainFunctions {
    /**
     * Signatures as the library has them.
     *
     * @param nanos  for each character or node of all arguments
     * @param growth how many characters one may become
     */
    private record Plain(String name, String signature, String method, int nanos, int growth) {
        static Plain of(String name, String signature, int nanos) {
            return new Plain(name, signature, name, nanos, 1);
        }
    }

    private static final long NANOS_PER_CALL = 200;

    private static final List<Plain> TABLE = List.of(
            Plain.of("sum", "<a<n>:n>", 5),
            Plain.of("count", "<a:n>", 0),
            Plain.of("max", "<a<n>:n>", 5),
            Plain.of("min", "<a<n>:n>", 5),
            Plain.of("average", "<a<n>:n>", 5),
            Plain.of("substring", "<s-nn?:s>", 4),
            Plain.of("lowercase", "<s-:s>", 5),
            Plain.of("uppercase", "<s-:s>", 5),
            Plain.of("length", "<s-:n>", 1),
            Plain.of("trim", "<s-:s>", 40),
            Plain.of("number", "<(nsb)-:n>", 30),
            Plain.of("floor", "<n-:n>", 0),
            Plain.of("ceil", "<n-:n>", 0),
            Plain.of("abs", "<n-:n>", 0),
            Plain.of("sqrt", "<n-:n>", 0),
            Plain.of("power", "<n-n:n>", 0),
            Plain.of("random", "<:n>", 0),
            new Plain("boolean", "<x-:b>", "toBoolean", 5, 1),
            Plain.of("not", "<x-:b>", 5),
            Plain.of("lookup", "<x-s:x>", 20),
            Plain.of("exists", "<x:b>", 0),
            Plain.of("merge", "<a<o>:o>", 20),
            Plain.of("reverse", "<a:a>", 5),
            Plain.of("error", "<s?:x>", 1),
            new Plain("assert", "<bs?:x>", "assertFn", 1, 1),
            Plain.of("type", "<x:s>", 0),
            Plain.of("shuffle", "<a:a>", 40),
            Plain.of("base64encode", "<s-:s>", 5),
            Plain.of("base64decode", "<s-:s>", 5),
            new Plain("encodeUrlComponent", "<s-:s>", "encodeUrlComponent", 100, 9),
            new Plain("encodeUrl", "<s-:s>", "encodeUrl", 200, 9),
            Plain.of("decodeUrlComponent", "<s-:s>", 20),
            Plain.of("decodeUrl", "<s-:s>", 20),
            new Plain("clone", "<(oa)-:o>", "functionClone", 150, 2));

    private final Budget budget;
    private final Weights weights;

    PlainFunctions(Budget budget, Weights weights) {
        this.budget = budget;
        this.weights = weights;
    }

    List<BoundedFunction> all() {
        return TABLE.stream().map(this::charging).toList();
    }

    private BoundedFunction charging(Plain plain) {
        Method original = Objects.requireNonNull(Functions.getFunction(Functions.class, plain.method()));
        return new BoundedFunction(plain.name(), plain.signature(), plain.method(), arguments -> {
            charge(plain, arguments);
            return Functions.call(null, original, new ArrayList<>(arguments.values()));
        });
    }

    private void charge(Plain plain, Arguments arguments) {
        budget.charge(NANOS_PER_CALL);
        for (Object argument : plain.nanos() == 0 ? List.of() : arguments.values()) {
            long weight = weights.of(argument);
            budget.charge(plain.nanos() * weight);
            Weights.bounded(plain.growth() * weight);
        }
    }
}
