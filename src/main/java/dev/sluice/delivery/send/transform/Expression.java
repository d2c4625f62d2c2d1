package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import dev.sluice.config.TransformConfig;
import dev.sluice.jsonata.ExpressionParts;
import dev.sluice.jsonata.LinearRegex;
import dev.sluice.time.Ticker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A JSONata expression, read once, that may be evaluated by one thread after the other but never by two at a time.
 *
 * <p>The evaluator tells when it enters and leaves a part of the expression: see {@link Steps}. Its functions and regular
 * expressions are replaced. The library's own {@code setRuntimeBounds} is not used: it looks away from all elements of an
 * array but the first.
 */
final class Expression {
    private static final int MOST_INPUT_BYTES = 1 << 20;
    private static final int LONGEST_REASON = 300;

    private final Jsonata parsed;
    private final InstantSource clock;
    private final JsonOutput output;
    private final Budget budget;
    private final Weights weights;
    private final Frame hooks;

    private long now;

    private Expression(Jsonata parsed, TransformConfig config, Ticker ticker, InstantSource clock) {
        this.parsed = parsed;
        this.clock = clock;
        this.output = new JsonOutput(config.maxOutputBytes());
        this.budget = new Budget(ticker, config);
        ExpressionParts parts = ExpressionParts.of(parsed);
        this.weights = new Weights(budget, parts.copies());
        parts.replaceRegexes(literal -> new Regex(LinearRegex.of(literal), budget));
        this.hooks = hooks(parts);
        parsed.setOutputConvertNulls(false);
        parsed.setValidateInput(false);
    }

    /** @throws RuntimeException if it is none; that was refused when the webhook was saved */
    static Expression read(String text, TransformConfig config, Ticker ticker, InstantSource clock) {
        // Without something behind it a comment at the end is read beyond the end.
        return new Expression(Jsonata.jsonata(text + "\n"), config, ticker, clock);
    }

    private Frame hooks(ExpressionParts parts) {
        Frame frame = new Frame(null);
        Steps steps = new Steps(parts, budget, weights);
        frame.setEvaluateEntryCallback((part, input, scope) -> steps.enter(part, input));
        frame.setEvaluateExitCallback((part, input, scope, result) -> steps.leave(part, result));
        functions(budget, weights, () -> now).forEach(function -> frame.bind(function.name(), function));
        return frame;
    }

    /** Every function of the library, so that none of it is called that nobody has looked at. */
    static List<BoundedFunction> functions(Budget budget, Weights weights, LongSupplier now) {
        List<BoundedFunction> functions = new ArrayList<>();
        functions.addAll(new PlainFunctions(budget, weights).all());
        functions.addAll(new TextFunctions(budget, weights).all());
        functions.addAll(new ListFunctions(budget, weights).all());
        functions.addAll(new NumberFunctions(budget).all());
        functions.addAll(new DateFunctions(budget, now).all());
        functions.add(new BoundedFunction("eval", "<sx?:x>", "functionEval", arguments -> {
            throw new Refusal("$eval is not available here");
        }));
        return functions;
    }

    /** @param event in JSON; {@code $} of the expression */
    Transformed apply(byte[] event) {
        if (event.length > MOST_INPUT_BYTES) {
            return failed("the event has %d bytes (expected: at most %d)".formatted(event.length, MOST_INPUT_BYTES));
        }
        try {
            return new Transformed.Body(output.write(evaluate(event)));
        } catch (StackOverflowError tooDeep) {
            return failed("nested too deeply");
        } catch (RuntimeException failure) {
            return failed(reason(failure));
        } finally {
            weights.clear();
            budget.end();
        }
    }

    private Object evaluate(byte[] event) {
        Object input = JsonTree.read(event);
        now = clock.millis();
        budget.start();
        Object result = parsed.evaluate(input, hooks);
        if (result == null || result == Jsonata.NULL_VALUE) {
            throw new Refusal("the result is %s (expected: a JSON value)", result == null ? "nothing" : "null");
        }
        return result;
    }

    /** Library code on the way may have wrapped what ended the evaluation. */
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal.reason();
            }
            if (cause instanceof JException error) {
                return error.getLocation() < 0
                        ? String.valueOf(error.getMessage())
                        : "at character %d: %s".formatted(error.getLocation(), error.getMessage());
            }
        }
        return String.valueOf(failure);
    }

    private static Transformed failed(String reason) {
        String bounded = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        return new Transformed.Failed(bounded.replaceAll("\\p{Cntrl}+", " "));
    }

    /** For those that could not even be read. */
    static Transformed unreadable(Throwable failure) {
        return failed("the expression cannot be read: " + reason(failure));
    }
}
