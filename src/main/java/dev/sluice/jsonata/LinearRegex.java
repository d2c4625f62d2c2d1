package dev.sluice.jsonata;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A regular expression of JSONata that takes at most {@link #cost} steps for each character that it reads. */
public final class LinearRegex {
    private static final int MOST_GROUPS = 100;

    private final Pattern pattern;

    private LinearRegex(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * @param literal as the library reads it
     * @throws IllegalArgumentException that says what is wrong, for a person
     */
    public static LinearRegex of(java.util.regex.Pattern literal) {
        RegexReader read = RegexReader.of(literal.pattern());
        if (read.size() > RegexReader.MOST_SIZE) {
            throw refused(literal, "it is too large with its repetitions written out");
        }
        try {
            Pattern pattern = Pattern.compile(read.pattern(), flags(literal));
            if (pattern.groupCount() > MOST_GROUPS) {
                throw refused(literal, "it has more than %d groups".formatted(MOST_GROUPS));
            }
            return new LinearRegex(pattern);
        } catch (PatternSyntaxException unknown) {
            throw refused(literal, "%s: %s".formatted(unknown.getDescription(), unknown.getPattern()));
        }
    }

    /** What is wrong with it, for a person; or null. */
    public static @Nullable String problem(java.util.regex.Pattern literal) {
        try {
            of(literal);
            return null;
        } catch (IllegalArgumentException refused) {
            return refused.getMessage();
        }
    }

    private static int flags(java.util.regex.Pattern literal) {
        boolean ignoresCase = (literal.flags() & java.util.regex.Pattern.CASE_INSENSITIVE) != 0;
        boolean multiline = (literal.flags() & java.util.regex.Pattern.MULTILINE) != 0;
        return (ignoresCase ? Pattern.CASE_INSENSITIVE : 0) | (multiline ? Pattern.MULTILINE : 0);
    }

    static IllegalArgumentException refused(java.util.regex.Pattern literal, String why) {
        String text = literal.pattern();
        String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return new IllegalArgumentException("the regular expression /%s/: %s".formatted(shown, why));
    }

    /** @param text is asked for each character that is read */
    public Matcher matcher(CharSequence text) {
        return pattern.matcher(text);
    }

    /** Steps for each character at most; the groups are copied along. */
    public int cost() {
        return pattern.programSize() * (1 + pattern.groupCount() / 8);
    }
}
