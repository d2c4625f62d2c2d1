package dev.sluice.subscription.filter;

import io.cloudevents.CloudEvent;
import io.cloudevents.sql.EvaluationException;
import io.cloudevents.sql.EvaluationRuntime;
import io.cloudevents.sql.ExceptionFactory;
import io.cloudevents.sql.Result;
import io.cloudevents.sql.generated.CESQLParserLexer;
import io.cloudevents.sql.generated.CESQLParserParser;
import io.cloudevents.sql.impl.ExceptionFactoryImpl;
import io.cloudevents.sql.impl.ExpressionInternal;
import io.cloudevents.sql.impl.parser.CaseChangingCharStream;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.misc.Interval;
import org.jspecify.annotations.Nullable;

/** A parsed expression. Immutable, as the library's expressions are: no field of theirs is written after parsing. */
final class SqlExpression {
    private static final EvaluationRuntime FUNCTIONS = EvaluationRuntime.getDefault();
    private static final ExceptionFactory EXPLAINING = new ExceptionFactoryImpl(false);
    private static final ExceptionFactory TERSE = new Terse();

    /** The parser goes down for each, and takes time with the square of their number. */
    private static final int MAX_TOKENS = 300;

    private final ExpressionInternal root;

    private SqlExpression(ExpressionInternal root) {
        this.root = root;
    }

    /** @throws IllegalArgumentException says what is wrong, and where */
    static SqlExpression parse(String text) {
        CESQLParserLexer lexer = new CESQLParserLexer(new CaseChangingCharStream(CharStreams.fromString(text), true));
        lexer.removeErrorListeners();
        lexer.addErrorListener(Refusing.FIRST);
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        if (tokens.size() > MAX_TOKENS) {
            throw new IllegalArgumentException(
                    "%d words and signs (expected: at most %d)".formatted(tokens.size(), MAX_TOKENS));
        }
        CESQLParserParser parser = new CESQLParserParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(Refusing.FIRST);
        return new SqlExpression(new SqlTranslator(FUNCTIONS).visit(parser.cesql()));
    }

    /** An expression that fails is not true (CESQL 1.0, section 1.2). */
    boolean isTrue(CloudEvent event) {
        try {
            Result result = root.evaluate(FUNCTIONS, event, TERSE);
            return !result.isFailed() && isTrue(result.value());
        } catch (RuntimeException unforeseen) {
            return false; // a slip of the library must not hold up an event for all webhooks
        }
    }

    /** @return null if it is true */
    @Nullable
    String whyNotTrue(CloudEvent event) {
        try {
            Result result = root.evaluate(FUNCTIONS, event, EXPLAINING);
            if (result.isFailed()) {
                return reason(result.causes().iterator().next());
            }
            return isTrue(result.value()) ? null : String.valueOf(result.value());
        } catch (RuntimeException unforeseen) {
            return unforeseen.toString();
        }
    }

    /** As CESQL casts to Boolean (section 3.7). */
    private static boolean isTrue(Object value) {
        return value instanceof String text ? Boolean.parseBoolean(text) : Boolean.TRUE.equals(value);
    }

    /** The library's message, without the kind and the numbers of tokens before it. */
    private static String reason(EvaluationException cause) {
        String message = String.valueOf(cause.getMessage());
        String head = "`%s`: ".formatted(cause.getExpressionText());
        int end = message.indexOf(head);
        return end < 0 ? message : message.substring(end + head.length());
    }

    /** Ends the parsing with the first error. */
    private static final class Refusing extends BaseErrorListener {
        static final Refusing FIRST = new Refusing();

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object symbol,
                int line,
                int column,
                String message,
                @Nullable RecognitionException cause) {
            int list = message.indexOf(" expecting ");
            throw SqlTranslator.wrong(line, column, list < 0 ? message : message.substring(0, list));
        }
    }

    /** Attributes that are missing are common; an exception with a trace and a message for each is dear. */
    private static final class Terse extends ExceptionFactoryImpl {
        private final EvaluationException missing = new Missing();

        Terse() {
            super(false);
        }

        @Override
        public EvaluationException missingAttribute(Interval interval, String expression, String key) {
            return missing;
        }
    }

    private static final class Missing extends EvaluationException {
        Missing() {
            super(ErrorKind.MISSING_ATTRIBUTE, Interval.INVALID, "", "missing", null);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // there is no trace to guard
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
