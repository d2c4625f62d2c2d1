package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Functions;
import com.google.re2j.Matcher;
import dev.sluice.delivery.send.transform.BoundedFunction.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $replace}: measures what it makes while it makes it. */
final class ReplaceFunction {
    private final Budget budget;

    ReplaceFunction(Budget budget) {
        this.budget = budget;
    }

    @Nullable
    Object replace(Arguments arguments) throws Throwable {
        String text = arguments.text(0);
        if (text == null) {
            return null;
        }
        int limit = TextFunctions.limit(arguments.number(3), "replace");
        Object with = arguments.at(2);
        if (arguments.at(1) instanceof String literal) {
            if (!(with instanceof String replacement)) {
                throw new Refusal("$replace: the replacement of a string is not a string");
            }
            return replaceLiteral(text, literal, replacement, limit);
        }
        Matcher matcher = TextFunctions.regex(arguments.at(1), "replace").matcher(text);
        StringBuilder replaced = new StringBuilder();
        int copied = 0;
        for (int i = 0; i < limit && matcher.find(); i++) {
            budget.check();
            budget.charge(TextFunctions.LITTLE * (3 + matcher.groupCount()));
            replaced.append(text, copied, matcher.start());
            if (with instanceof String template) {
                appendTemplate(replaced, template, matcher);
            } else {
                replaced.append(replacement(with, matcher));
            }
            Weights.bounded(replaced.length());
            copied = matcher.end();
        }
        return replaced.append(text, copied, text.length()).toString();
    }

    private String replaceLiteral(String text, String literal, String replacement, int limit) {
        if (literal.isEmpty()) {
            throw new Refusal("$replace: the string to replace is empty");
        }
        budget.charge(text.length());
        TextSearch search = new TextSearch(literal, budget);
        StringBuilder replaced = new StringBuilder();
        int copied = 0;
        int at = search.in(text, 0);
        for (int i = 0; i < limit && at >= 0; i++) {
            budget.check();
            budget.charge(TextFunctions.LITTLE);
            replaced.append(text, copied, at).append(replacement);
            Weights.bounded(replaced.length());
            copied = at + literal.length();
            at = search.in(text, copied);
        }
        return replaced.append(text, copied, text.length()).toString();
    }

    private static String replacement(@Nullable Object function, Matcher matcher) throws Throwable {
        Map<String, Object> match = new LinkedHashMap<>();
        match.put("match", matcher.group());
        match.put("index", matcher.start());
        match.put("groups", Regex.groups(matcher));
        if (Functions.funcApply(function, List.of(match)) instanceof String replacement) {
            return replacement;
        }
        throw new Refusal("$replace: the function gave no string for a match");
    }

    /** {@code $0} is the match, {@code $n} a group, {@code $$} a dollar; a group that there is none of is nothing. */
    private void appendTemplate(StringBuilder out, String template, Matcher matcher) {
        int copied = 0;
        for (int dollar = template.indexOf('$'); dollar >= 0; dollar = template.indexOf('$', copied)) {
            budget.charge(TextFunctions.LITTLE);
            char following = dollar + 1 < template.length() ? template.charAt(dollar + 1) : 0;
            out.append(template, copied, dollar);
            Weights.bounded(out.length());
            if (isDigit(following)) {
                copied = appendGroup(out, template, dollar + 1, matcher);
            } else {
                out.append('$');
                copied = dollar + (following == '$' ? 2 : 1);
            }
        }
        out.append(template, copied, template.length());
    }

    /** As many digits as make the number of a group, and at least one. */
    private static int appendGroup(StringBuilder out, String template, int from, Matcher matcher) {
        int group = template.charAt(from) - '0';
        int at = from + 1;
        while (at < template.length() && isDigit(template.charAt(at))) {
            int longer = group * 10 + template.charAt(at) - '0';
            if (longer > matcher.groupCount()) {
                break;
            }
            group = longer;
            at++;
        }
        String caught = group <= matcher.groupCount() ? matcher.group(group) : null;
        if (caught != null) {
            out.append(caught);
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
