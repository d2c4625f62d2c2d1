package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Functions;
import dev.sluice.delivery.send.transform.BoundedFunction.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The functions of JSONata that make long texts of short ones, or that apply regular expressions: their results are
 * measured before they are made, and their expressions are {@link Regex}. As everywhere in JSONata, of what is undefined
 * the result is undefined, which is null here.
 */
final class TextFunctions {
    /** So many characters and nodes a value may have to be written with line breaks: the indentation can be long. */
    private static final long MOST_PRETTY = 1 << 14;

    private static final int LETTERS_PER_CHECK = 1024;
    private static final int MOST_TIMESTAMP = 40;
    private static final int MOST_COMPONENTS = 10;

    private final Budget budget;
    private final Weights weights;

    TextFunctions(Budget budget, Weights weights) {
        this.budget = budget;
        this.weights = weights;
    }

    List<BoundedFunction> all() {
        return List.of(
                new BoundedFunction("match", "<s-f<s:o>n?:a<o>>", "match", this::match),
                new BoundedFunction("contains", "<s-(sf):b>", "contains", TextFunctions::contains),
                new BoundedFunction("replace", "<s-(sf)(sf)n?:s>", "replace", this::replace),
                new BoundedFunction("split", "<s-(sf)n?:a<s>>", "split", this::split),
                new BoundedFunction("join", "<a<s>s?:s>", "join", TextFunctions::join),
                new BoundedFunction("pad", "<s-ns?:s>", "pad", TextFunctions::pad),
                new BoundedFunction("string", "<x-b?:s>", "string", this::string),
                new BoundedFunction("toMillis", "<s-s?:n>", "dateTimeToMillis", TextFunctions::toMillis));
    }

    private @Nullable Object match(Arguments arguments) {
        String text = arguments.text(0);
        if (text == null) {
            return null;
        }
        int limit = limit(arguments.number(2), "match");
        Matcher matcher = regex(arguments.at(1), "match").matcher(text);
        List<Object> matches = new ArrayList<>();
        while (matches.size() < limit && matcher.find()) {
            budget.check();
            Map<String, Object> match = new LinkedHashMap<>();
            match.put("match", matcher.group());
            match.put("index", matcher.start());
            match.put("groups", Regex.groups(matcher));
            matches.add(match);
        }
        return sequence(matches);
    }

    private static @Nullable Object contains(Arguments arguments) {
        String text = arguments.text(0);
        if (text == null) {
            return null;
        }
        return arguments.at(1) instanceof String token
                ? text.contains(token)
                : regex(arguments.at(1), "contains").matcher(text).find();
    }

    private @Nullable Object replace(Arguments arguments) throws Throwable {
        String text = arguments.text(0);
        if (text == null) {
            return null;
        }
        int limit = limit(arguments.number(3), "replace");
        Object with = arguments.at(2);
        if (arguments.at(1) instanceof String literal) {
            if (!(with instanceof String replacement)) {
                throw new Refusal("$replace: the replacement of a string is not a string");
            }
            return replaceLiteral(text, literal, replacement, limit);
        }
        Matcher matcher = regex(arguments.at(1), "replace").matcher(text);
        StringBuilder replaced = new StringBuilder();
        int copied = 0;
        for (int i = 0; i < limit && matcher.find(); i++) {
            budget.check();
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
        StringBuilder replaced = new StringBuilder();
        int copied = 0;
        int at = text.indexOf(literal);
        for (int i = 0; i < limit && at >= 0; i++) {
            budget.check();
            replaced.append(text, copied, at).append(replacement);
            Weights.bounded(replaced.length());
            copied = at + literal.length();
            at = text.indexOf(literal, copied);
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
    private static void appendTemplate(StringBuilder out, String template, Matcher matcher) {
        int copied = 0;
        for (int dollar = template.indexOf('$'); dollar >= 0; dollar = template.indexOf('$', copied)) {
            char following = dollar + 1 < template.length() ? template.charAt(dollar + 1) : 0;
            out.append(template, copied, dollar);
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

    private @Nullable Object split(Arguments arguments) {
        String text = arguments.text(0);
        if (text == null) {
            return null;
        }
        int limit = limit(arguments.number(2), "split");
        if (arguments.at(1) instanceof String separator) {
            return separator.isEmpty() ? letters(text, limit) : splitAt(text, finder(text, separator), limit);
        }
        Matcher matcher = regex(arguments.at(1), "split").matcher(text);
        return splitAt(text, () -> matcher.find() ? new int[] {matcher.start(), matcher.end()} : null, limit);
    }

    private static Supplier<int @Nullable []> finder(String text, String separator) {
        int[] from = {0};
        return () -> {
            int at = text.indexOf(separator, from[0]);
            from[0] = at + separator.length();
            return at < 0 ? null : new int[] {at, from[0]};
        };
    }

    private List<Object> letters(String text, int limit) {
        Weights.bounded(2L * text.length());
        List<Object> letters = new ArrayList<>();
        for (int at = 0; at < text.length() && letters.size() < limit; ) {
            if (letters.size() % LETTERS_PER_CHECK == 0) {
                budget.check();
            }
            String letter = Character.toString(text.codePointAt(at));
            letters.add(letter);
            at += letter.length();
        }
        return letters;
    }

    /** @param separators each from its first character to behind its last; null after the last one */
    private List<Object> splitAt(String text, Supplier<int @Nullable []> separators, int limit) {
        List<Object> parts = new ArrayList<>();
        int end = 0;
        for (int[] found = separators.get(); found != null && parts.size() < limit; found = separators.get()) {
            budget.check();
            parts.add(text.substring(end, found[0]));
            end = found[1];
        }
        if (parts.size() < limit) {
            parts.add(text.substring(end));
        }
        return parts;
    }

    private static @Nullable Object join(Arguments arguments) {
        if (!(arguments.at(0) instanceof List<?> parts)) {
            return null;
        }
        String given = arguments.text(1);
        String separator = given == null ? "" : given;
        long length = 0;
        for (Object part : parts) {
            length = Weights.bounded(length + ((String) part).length() + separator.length());
        }
        return parts.stream().map(String.class::cast).collect(Collectors.joining(separator));
    }

    private static @Nullable Object pad(Arguments arguments) {
        String text = arguments.text(0);
        Number wanted = arguments.number(1);
        if (text == null || wanted == null) {
            return text;
        }
        String with = arguments.text(2);
        int[] fill = (with == null || with.isEmpty() ? " " : with).codePoints().toArray();
        long width = Weights.bounded(Math.abs(wanted.longValue()));
        long missing = width - text.codePointCount(0, text.length());
        StringBuilder padding = new StringBuilder();
        for (int i = 0; i < missing; i++) {
            padding.appendCodePoint(fill[i % fill.length]);
        }
        return wanted.longValue() < 0 ? padding.append(text).toString() : text + padding;
    }

    private @Nullable Object string(Arguments arguments) {
        Object value = arguments.at(0);
        boolean pretty = Boolean.TRUE.equals(arguments.at(1));
        if (pretty && weights.of(value) > MOST_PRETTY) {
            throw new Refusal("$string: too large to be written with line breaks");
        }
        return value == null ? null : Functions.string(value, pretty);
    }

    /** With a picture the library makes a regular expression of it, out of reach of the budget. */
    private static @Nullable Object toMillis(Arguments arguments) throws Throwable {
        String timestamp = arguments.text(0);
        String picture = arguments.text(1);
        if (timestamp == null) {
            return null;
        }
        boolean tooLong = timestamp.length() > MOST_TIMESTAMP
                || (picture != null && picture.chars().filter(c -> c == '[').count() > MOST_COMPONENTS);
        if (tooLong) {
            throw new Refusal(
                    "$toMillis: longer than %d characters, or a picture of more than %d components",
                    MOST_TIMESTAMP, MOST_COMPONENTS);
        }
        return Functions.dateTimeToMillis(timestamp, picture);
    }

    private static Regex regex(@Nullable Object value, String function) {
        if (value instanceof Regex regex) {
            return regex;
        }
        throw new Refusal("$%s: the pattern is no regular expression", function);
    }

    private static int limit(@Nullable Number limit, String function) {
        if (limit == null) {
            return Integer.MAX_VALUE;
        }
        if (limit.doubleValue() < 0) {
            throw new Refusal("$%s: the limit is negative", function);
        }
        return limit.intValue();
    }

    /** One match is the same as a list of it, and none is undefined. */
    private static @Nullable Object sequence(List<Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        return values.size() == 1 ? values.get(0) : values;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
