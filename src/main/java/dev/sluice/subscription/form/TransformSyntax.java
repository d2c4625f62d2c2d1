package dev.sluice.subscription.form;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import dev.sluice.jsonata.ExpressionParts;
import dev.sluice.jsonata.LinearRegex;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a transformation must be to be saved: JSONata that its library can read, and read in bounded time. What it does
 * when it runs is bounded where it runs.
 *
 * <p>The library (dashjoin 0.9.10) has no limits of its own while it reads. Brackets nest as deep as the stack; each
 * default ({@code a ?? b}, {@code a ?: b}) copies its left side through Java serialization, about half a millisecond,
 * and twice as much for each default within that side.
 */
final class TransformSyntax {
    static final int MAX_LENGTH = 16 * 1024;

    private static final int MAX_DEFAULTS = 64;
    private static final int MAX_NESTED_DEFAULTS = 4;
    private static final int MAX_BINDINGS = 16;
    private static final int MAX_PARAMETERS = 10;
    private static final Pattern SIGNATURE = Pattern.compile("\\^(\\((f|\\[[a-z]{1,10}])[?+]?\\)){0,10}\\$");
    /** The library keeps its hooks, which bound a run, among the variables. */
    private static final String RESERVED = "__evaluate";

    private TransformSyntax() {}

    /** What is wrong with it, for a person; or null. */
    static @Nullable String problem(String expression) {
        if (expression.isBlank()) {
            return "empty (expected: a JSONata expression, or none)";
        }
        if (expression.contains(RESERVED)) {
            return "%s is reserved".formatted(RESERVED);
        }
        TransformDefaults defaults = TransformDefaults.of(expression);
        if (defaults.count() > MAX_DEFAULTS) {
            return "%d defaults with ?? or ?: (expected: at most %d)".formatted(defaults.count(), MAX_DEFAULTS);
        }
        if (defaults.nested() > MAX_NESTED_DEFAULTS) {
            return "defaults with ?? or ?: on the left of each other, %d deep (expected: at most %d)"
                    .formatted(defaults.nested(), MAX_NESTED_DEFAULTS);
        }
        return unreadable(expression);
    }

    /** @throws RuntimeException of many kinds if it is no JSONata */
    private static ExpressionParts parse(String expression) {
        // Without something behind it a comment at the end is read beyond the end.
        return ExpressionParts.of(Jsonata.jsonata(expression + "\n"));
    }

    /** What cannot be evaluated in bounded time. */
    private static @Nullable String unbounded(ExpressionParts parts) {
        if (parts.mostBindings() > MAX_BINDINGS) {
            return "a path binds %d variables with @, # or %% (expected: at most %d)"
                    .formatted(parts.mostBindings(), MAX_BINDINGS);
        }
        if (parts.signatures().stream().anyMatch(signature -> !isBounded(signature))) {
            return "the signature of a function is not understood, or has more than %d parameters, or more than one +"
                    .formatted(MAX_PARAMETERS);
        }
        return parts.regexes().stream()
                .map(LinearRegex::problem)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The library makes a regular expression of it, which would try each way to share the arguments out. */
    private static boolean isBounded(String signature) {
        return SIGNATURE.matcher(signature).matches()
                && signature.chars().filter(c -> c == '(').count() <= MAX_PARAMETERS
                && signature.chars().filter(c -> c == '+').count() <= 1;
    }

    private static @Nullable String unreadable(String expression) {
        try {
            return unbounded(parse(expression));
        } catch (JException refused) {
            int at = Math.min(refused.getLocation(), expression.length());
            return "not JSONata: at character %d: %s".formatted(at, refused.getMessage());
        } catch (PatternSyntaxException refused) {
            return "not JSONata: in a regular expression: %s".formatted(refused.getDescription());
        } catch (StackOverflowError tooDeep) {
            return "nested too deeply";
        } catch (RuntimeException refused) {
            // The library runs over the end of what is cut off.
            return "not JSONata: ends too early, or is not understood";
        }
    }
}
