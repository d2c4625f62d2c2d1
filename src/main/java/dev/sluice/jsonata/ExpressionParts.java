package dev.sluice.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.utils.Signature;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All parts of a parsed expression, and what matters about some of them: the library gives no other access to it. */
public final class ExpressionParts {
    private static final VarHandle ROOT = field(Jsonata.class, "ast", Symbol.class);
    private static final VarHandle TYPE = field(Symbol.class, "type", String.class);
    private static final VarHandle LITERAL = field(Symbol.class, "value", Object.class);
    private static final VarHandle POSITION = field(Symbol.class, "position", int.class);
    private static final VarHandle PROCEDURE = field(Symbol.class, "procedure", Symbol.class);
    private static final VarHandle RIGHT = field(Symbol.class, "rhs", Symbol.class);
    private static final VarHandle PATTERN = field(Symbol.class, "pattern", Symbol.class);
    private static final VarHandle STEPS = field(Symbol.class, "steps", List.class);
    private static final VarHandle SIGNATURE = field(Signature.class, "_signature", String.class);

    /** Where parts hang: each holds a part, a list of them, or a list of pairs of them. */
    private static final List<VarHandle> BRANCHES = branches();

    private final List<Symbol> all = new ArrayList<>();
    private final Set<Symbol> called = identitySet();
    private final Set<Symbol> updated = identitySet();
    private final IdentityHashMap<Symbol, Integer> bindings = new IdentityHashMap<>();

    private ExpressionParts() {}

    private static VarHandle field(Class<?> owner, String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException otherVersion) {
            throw new ExceptionInInitializerError(otherVersion);
        }
    }

    private static List<VarHandle> branches() {
        List<VarHandle> branches = new ArrayList<>();
        for (String one : List.of(
                "expression",
                "procedure",
                "body",
                "group",
                "lhs",
                "rhs",
                "condition",
                "then",
                "_else",
                "pattern",
                "update",
                "delete")) {
            branches.add(field(Symbol.class, one, Symbol.class));
        }
        for (String list : List.of(
                "steps",
                "arguments",
                "predicate",
                "stages",
                "lhsObject",
                "rhsObject",
                "rhsTerms",
                "terms",
                "expressions")) {
            branches.add(field(Symbol.class, list, List.class));
        }
        branches.add(field(Symbol.class, "expr", Object.class));
        return branches;
    }

    private static Set<Symbol> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    public static ExpressionParts of(Jsonata parsed) {
        ExpressionParts parts = new ExpressionParts();
        Set<Symbol> seen = identitySet();
        Deque<Object> open = new ArrayDeque<>();
        open.push(ROOT.get(parsed));
        while (!open.isEmpty()) {
            Object next = open.pop();
            if (next instanceof Symbol part && seen.add(part)) {
                parts.note(part);
                BRANCHES.stream().map(branch -> (Object) branch.get(part)).forEach(branch -> push(branch, open));
            }
        }
        return parts;
    }

    private static void push(@Nullable Object branch, Deque<Object> open) {
        if (branch instanceof Collection<?> several) {
            several.forEach(one -> push(one, open));
        } else if (branch instanceof Symbol[] pair) {
            List.of(pair).forEach(open::push);
        } else if (branch != null) {
            open.push(branch);
        }
    }

    private void note(Symbol part) {
        all.add(part);
        note(PROCEDURE.get(part), called);
        note(PATTERN.get(part), updated);
        if ("apply".equals(type(part))) {
            note(RIGHT.get(part), called);
        }
        if (STEPS.get(part) instanceof List<?> steps) {
            noteBindings(part, steps);
        }
    }

    private static void note(@Nullable Object part, Set<Symbol> kind) {
        if (part instanceof Symbol symbol) {
            kind.add(symbol);
        }
    }

    /** From the step before the first that binds a variable the path carries a record for each value. */
    private void noteBindings(Symbol path, List<?> steps) {
        int count = (int) steps.stream().filter(ExpressionParts::binds).count();
        boolean carries = false;
        for (int i = 0; i < steps.size(); i++) {
            carries |= binds(steps.get(i)) || (i + 1 < steps.size() && binds(steps.get(i + 1)));
            if (carries) {
                bindings.put((Symbol) steps.get(i), count);
            }
        }
        if (binds(steps.get(0))) {
            bindings.put(path, count);
        }
    }

    private static boolean binds(Object step) {
        Symbol symbol = (Symbol) step;
        return symbol.tuple != null || symbol.focus != null || symbol.index != null || symbol.ancestor != null;
    }

    /** The regular expressions, in no order. */
    public List<Pattern> regexes() {
        return all.stream()
                .map(ExpressionParts::literal)
                .filter(Pattern.class::isInstance)
                .map(Pattern.class::cast)
                .toList();
    }

    /** True if it makes copies that the library writes as JSON and reads again: {@code |…|…|}, {@code $clone}. */
    public boolean copies() {
        return all.stream()
                .anyMatch(part -> "transform".equals(type(part))
                        || ("variable".equals(type(part)) && "clone".equals(literal(part))));
    }

    public void replaceRegexes(Function<Pattern, Object> replacement) {
        for (Symbol part : all) {
            if (literal(part) instanceof Pattern pattern) {
                LITERAL.set(part, replacement.apply(pattern));
            }
        }
    }

    /** The signatures of functions that the expression defines, as the regular expressions that the library makes of them. */
    public List<String> signatures() {
        return all.stream()
                .map(part -> part.signature)
                .filter(Signature.class::isInstance)
                .map(signature -> String.valueOf(SIGNATURE.get(signature)))
                .toList();
    }

    /** True if its value is going to be called as a function. */
    public boolean isCalled(Symbol part) {
        return called.contains(part);
    }

    /** True if it is evaluated on the copy that an update makes ({@code |…|…|}). */
    public boolean isUpdated(Symbol part) {
        return updated.contains(part);
    }

    /**
     * How many variables the path of this step binds for each of its values ({@code @$v}, {@code #$i}, {@code %}); or 0. Of a
     * path: for each value that it begins with.
     */
    public int bindings(Symbol part) {
        return bindings.getOrDefault(part, 0);
    }

    public int mostBindings() {
        return bindings.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    public static String type(Symbol part) {
        return String.valueOf(TYPE.get(part));
    }

    public static int position(Symbol part) {
        return (int) POSITION.get(part);
    }

    private static @Nullable Object literal(Symbol part) {
        return LITERAL.get(part);
    }
}
