package dev.sluice.subscription.filter;

import io.cloudevents.sql.EvaluationRuntime;
import io.cloudevents.sql.ParseException;
import io.cloudevents.sql.generated.CESQLParserParser.ExistsExpressionContext;
import io.cloudevents.sql.generated.CESQLParserParser.FunctionInvocationExpressionContext;
import io.cloudevents.sql.generated.CESQLParserParser.IdentifierContext;
import io.cloudevents.sql.generated.CESQLParserParser.IntegerLiteralContext;
import io.cloudevents.sql.generated.CESQLParserParser.LikeExpressionContext;
import io.cloudevents.sql.generated.CESQLParserParser.StringLiteralContext;
import io.cloudevents.sql.impl.ExpressionInternal;
import io.cloudevents.sql.impl.expressions.NotExpression;
import io.cloudevents.sql.impl.parser.ExpressionTranslatorVisitor;
import io.cloudevents.sql.impl.parser.LiteralUtils;
import java.util.Locale;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * From the tree that the library's grammar parses to the library's expressions, with {@code LIKE} in linear steps and with
 * every name checked. Throws {@link IllegalArgumentException} that says what is wrong, and where.
 */
final class SqlTranslator extends ExpressionTranslatorVisitor {
    /** CloudEvents 1.0, section 3: what an attribute may be called. */
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z0-9]+");

    private final EvaluationRuntime functions;

    SqlTranslator(EvaluationRuntime functions) {
        this.functions = functions;
    }

    @Override
    public ExpressionInternal visitIdentifier(IdentifierContext context) {
        requireAttribute(context.getText(), context.getStart());
        return super.visitIdentifier(context);
    }

    @Override
    public ExpressionInternal visitExistsExpression(ExistsExpressionContext context) {
        requireAttribute(context.identifier().getText(), context.identifier().getStart());
        return super.visitExistsExpression(context);
    }

    private static void requireAttribute(String name, Token at) {
        if (!ATTRIBUTE.matcher(name).matches()) {
            throw wrong(at, "'%s' (expected: an attribute, of a-z and 0-9)".formatted(name));
        }
        if (name.equals("data")) {
            throw wrong(at, "'data' is no attribute (expected: exact, prefix or suffix with /data/…)");
        }
    }

    @Override
    public ExpressionInternal visitFunctionInvocationExpression(FunctionInvocationExpressionContext context) {
        String name = context.functionIdentifier().getText().toUpperCase(Locale.ROOT);
        int arguments = context.functionParameterList().expression().size();
        try {
            functions.resolveFunction(name, arguments);
        } catch (IllegalStateException unknown) {
            throw wrong(context.getStart(), "no function %s of %d arguments".formatted(name, arguments));
        }
        return super.visitFunctionInvocationExpression(context);
    }

    @Override
    public ExpressionInternal visitIntegerLiteral(IntegerLiteralContext context) {
        try {
            return super.visitIntegerLiteral(context);
        } catch (ParseException tooLong) {
            throw wrong(context.getStart(), "%s (expected: an integer of 32 bits)".formatted(context.getText()));
        }
    }

    @Override
    public ExpressionInternal visitLikeExpression(LikeExpressionContext context) {
        ExpressionInternal like = new SqlLike(
                context.getSourceInterval(),
                context.getText(),
                visit(context.expression()),
                LikePattern.of(text(context.stringLiteral())));
        return context.NOT() == null ? like : new NotExpression(context.getSourceInterval(), context.getText(), like);
    }

    private static String text(StringLiteralContext literal) {
        TerminalNode quoted = literal.DQUOTED_STRING_LITERAL();
        return quoted == null
                ? LiteralUtils.parseSQuotedStringLiteral(literal.SQUOTED_STRING_LITERAL())
                : LiteralUtils.parseDQuotedStringLiteral(quoted);
    }

    private static IllegalArgumentException wrong(Token at, String detail) {
        return wrong(at.getLine(), at.getCharPositionInLine(), detail);
    }

    /** @param column from 0 */
    static IllegalArgumentException wrong(int line, int column, String detail) {
        return new IllegalArgumentException("line %d, column %d: %s".formatted(line, column + 1, detail));
    }
}
