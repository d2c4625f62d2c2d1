package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Functions;
import com.google.re2j.Matcher;
import dev.sluice.delivery.send.transform.BoundedFunction.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
    /** Nanoseconds that a turn of a loop takes. */
    static final long LITTLE = 30;

    private static final long NANOS_PER_WRITTEN = 60;

    private final Budget budget;
    private final Weights weights;
    private final ReplaceFunction replacing;

    TextFunctions(Budget budget, Weights weights) {
        this.replacing = new ReplaceFunction(budget);
        this.budget = budget;
        this.weights = weights;
    }

    List<BoundedFunction> all() {
        return List.of(
                new BoundedFunction("match", "<s-f<s:o>n?:a<o>>", "match", this::match),
                new BoundedFunction("contains", "<s-(sf):b>", "contains", this::contains),
                new BoundedFunction("substringBefore", "<s-s:s>", "substringBefore", this::substringBefore),
                new BoundedFunction("substringAfter", "<s-s:s>", "substringAfter", this::substringAfter),
                new BoundedFunction("replace", "<s-(sf)(sf)n?:s>", "replace", replacing::replace),
                new BoundedFunction("split", "<s-(sf)n?:a<s>>", "split", this::split),
                new BoundedFunction("join", "<a<s>s?:s>", "join", this::join),
                new BoundedFunction("pad", "<s-ns?:s>", "pad", this::pad),
                new BoundedFunction("string", "<x-b?:s>", "string", this::string));
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
            budget.charge(LITTLE * (3 + matcher.groupCount()));
            Map<String, Object> match = new LinkedHashMap<>();
            match.put("match", matcher.group());
            match.put("index", matcher.start());
            match.put("groups", Regex.groups(matcher));
            matches.add(match);
        }
        return sequence(matches);
    }

    private @Nullable Object contains(Arguments arguments) {
        String text = arguments.text(0);
        if (text == null) {
            return null;
        }
        budget.charge(text.length());
        return arguments.at(1) instanceof String token
                ? new TextSearch(token, budget).in(text, 0) >= 0
                : regex(arguments.at(1), "contains").matcher(text).find();
    }

    private @Nullable Object substringBefore(Arguments arguments) {
        String text = arguments.text(0);
        String token = arguments.text(1);
        if (text == null || token == null) {
            return text;
        }
        budget.charge(text.length());
        int at = new TextSearch(token, budget).in(text, 0);
        return at < 0 ? text : text.substring(0, at);
    }

    private @Nullable Object substringAfter(Arguments arguments) {
        String text = arguments.text(0);
        String token = arguments.text(1);
        if (text == null || token == null) {
            return text;
        }
        budget.charge(text.length());
        int at = new TextSearch(token, budget).in(text, 0);
        return at < 0 ? text : text.substring(at + token.length());
    }

    private @Nullable Object split(Arguments arguments) {
        String text = arguments.text(0);
        if (text == null) {
            return null;
        }
        int limit = limit(arguments.number(2), "split");
        budget.charge(text.length());
        if (arguments.at(1) instanceof String separator) {
            return separator.isEmpty()
                    ? letters(text, limit)
                    : splitAt(text, finder(text, separator, new TextSearch(separator, budget)), limit);
        }
        Matcher matcher = regex(arguments.at(1), "split").matcher(text);
        return splitAt(text, () -> matcher.find() ? new int[] {matcher.start(), matcher.end()} : null, limit);
    }

    private static Supplier<int @Nullable []> finder(String text, String separator, TextSearch search) {
        int[] from = {0};
        return () -> {
            int at = search.in(text, from[0]);
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
                budget.charge(LITTLE * LETTERS_PER_CHECK);
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
            budget.charge(LITTLE);
            parts.add(text.substring(end, found[0]));
            end = found[1];
        }
        if (parts.size() < limit) {
            parts.add(text.substring(end));
        }
        return parts;
    }

    private @Nullable Object join(Arguments arguments) {
        if (!(arguments.at(0) instanceof List<?> parts)) {
            return null;
        }
        String given = arguments.text(1);
        String separator = given == null ? "" : given;
        long length = 0;
        for (Object part : parts) {
            length = Weights.bounded(length + ((String) part).length() + separator.length());
        }
        budget.charge(length + LITTLE * parts.size());
        return parts.stream().map(String.class::cast).collect(Collectors.joining(separator));
    }

    private @Nullable Object pad(Arguments arguments) {
        String text = arguments.text(0);
        Number wanted = arguments.number(1);
        if (text == null || wanted == null) {
            return text;
        }
        String with = arguments.text(2);
        int[] fill = (with == null || with.isEmpty() ? " " : with).codePoints().toArray();
        long width = Weights.bounded(
                Math.abs(wanted.doubleValue()) > Weights.MOST ? Long.MAX_VALUE : Math.abs(wanted.longValue()));
        long missing = width - text.codePointCount(0, text.length());
        budget.charge(2 * width);
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
        budget.charge(NANOS_PER_WRITTEN * weights.of(value));
        return value == null ? null : Functions.string(value, pretty);
    }

    static Regex regex(@Nullable Object value, String function) {
        if (value instanceof Regex regex) {
            return regex;
        }
        throw new Refusal("$%s: the pattern is no regular expression", function);
    }

    static int limit(@Nullable Number limit, String function) {
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
}
