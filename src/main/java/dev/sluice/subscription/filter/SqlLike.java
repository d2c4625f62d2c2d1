package dev.sluice.subscription.filter;

import io.cloudevents.CloudEvent;
import io.cloudevents.sql.EvaluationException;
import io.cloudevents.sql.EvaluationRuntime;
import io.cloudevents.sql.ExceptionFactory;
import io.cloudevents.sql.impl.ExpressionInternal;
import io.cloudevents.sql.impl.ExpressionInternalVisitor;
import io.cloudevents.sql.impl.expressions.BaseExpression;
import io.cloudevents.sql.impl.runtime.EvaluationResult;
import org.antlr.v4.runtime.misc.Interval;

/** {@code LIKE} for the library's expressions. */
final class SqlLike extends BaseExpression {
    /** Twice the longest attribute; only {@code CONCAT} makes more, and it must not make a match dear. */
    private static final int MOST = 16_384;

    private final ExpressionInternal operand;
    private final LikePattern pattern;

    SqlLike(Interval interval, String text, ExpressionInternal operand, LikePattern pattern) {
        super(interval, text);
        this.operand = operand;
        this.pattern = pattern;
    }

    @Override
    public EvaluationResult evaluate(EvaluationRuntime runtime, CloudEvent event, ExceptionFactory exceptions) {
        EvaluationResult text = castToString(exceptions, operand.evaluate(runtime, event, exceptions));
        String value = (String) text.value();
        return value.length() > MOST
                ? new EvaluationResult(false, tooLong(exceptions, value.length()))
                : text.copyWithValue(pattern.matches(value));
    }

    private EvaluationException tooLong(ExceptionFactory exceptions, int length) {
        String detail = "%d characters (expected: at most %d)".formatted(length, MOST);
        return exceptions
                .functionExecutionError("LIKE", new IllegalArgumentException(detail))
                .create(expressionInterval(), expressionText());
    }

    @Override
    public <T> T visit(ExpressionInternalVisitor<T> visitor) {
        return visitor.visitExpressionInternal(this);
    }
}
