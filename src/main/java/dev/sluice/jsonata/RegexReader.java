package dev.sluice.jsonata;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a regular expression that Java understands, rewrites it for RE2, and measures it with its repetitions written out,
 * as RE2 has them. Refuses what RE2 does not have, and what it would silently read as something else.
 */
final class RegexReader {
    static final int MOST_SIZE = 4000;

    private static final String ANY = "[^\\n\\r\\x{85}\\x{2028}\\x{2029}]";
    /** Inside a class; both end with a range, so that a hyphen behind them is one. */
    private static final String SPACES = " \\t-\\r";

    private static final String NO_SPACES = "\\x{0}-\\x{8}\\x{0E}-\\x{1F}!-\\x{10FFFF}";
    private static final String VERTICAL = "\\n\\x0B\\f\\r\\x85\\u2028\\u2029";
    private static final Pattern REPEAT = Pattern.compile("\\{(\\d{1,10})(,(\\d{0,10}))?}");
    private static final Pattern GROUP = Pattern.compile("\\(\\?(:|<[A-Za-z][A-Za-z0-9]*>|[ims]*(-[ims]+)?[:)])");

    /** One pair of brackets: sizes, and whether a dot is any character. */
    private static final class Level {
        long before;
        long last;
        boolean dotAll;

        Level(boolean dotAll) {
            this.dotAll = dotAll;
        }
    }

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Level> levels = new ArrayDeque<>();
    private int at;

    private RegexReader(String text) {
        this.text = text;
        levels.push(new Level(false));
    }

    static RegexReader of(String text) {
        RegexReader reader = new RegexReader(text);
        while (reader.at < text.length()) {
            reader.step(text.charAt(reader.at));
        }
        return reader;
    }

    String pattern() {
        return out.toString();
    }

    long size() {
        long size = 0;
        for (Level level : levels) {
            size += level.before + level.last;
        }
        return size;
    }

    private void step(char c) {
        switch (c) {
            case '\\' -> escape(false);
            case '[' -> characterClass();
            case '(' -> open();
            case ')' -> close();
            case '*', '+', '?' -> quantifier(1, 1);
            case '{' -> repeat();
            case '.' -> atom(levels.element().dotAll ? "(?s:.)" : ANY, 1);
            default -> atom(String.valueOf(c), 1);
        }
    }

    private void atom(String translated, int read) {
        Level level = levels.element();
        level.before += level.last;
        level.last = 1;
        out.append(translated);
        at += read;
    }

    private void open() {
        int length = 1;
        boolean dotAll = levels.element().dotAll;
        if (text.startsWith("(?", at)) {
            Matcher known = GROUP.matcher(text).region(at, text.length());
            if (!known.lookingAt()) {
                throw refused(
                        "look-around, atomic groups and their like are not available; (?:…), (?i) and (?<name>…) are");
            }
            length = known.end() - at;
            dotAll = dotAll(known.group(1), dotAll);
            out.append(known.group());
        } else {
            out.append('(');
        }
        if (text.charAt(at + length - 1) == ')') {
            levels.element().dotAll = dotAll;
        } else {
            levels.push(new Level(dotAll));
        }
        at += length;
    }

    /** @param known what follows {@code (?}: flags, or the name of a group */
    private static boolean dotAll(String known, boolean outside) {
        int flag = known.startsWith("<") ? -1 : known.lastIndexOf('s');
        int off = known.indexOf('-');
        return flag < 0 ? outside : off < 0 || flag < off;
    }

    private void close() {
        Level inner = levels.pop();
        if (levels.isEmpty()) {
            throw refused("a bracket is closed that was not opened");
        }
        atom(")", 1);
        levels.element().last = inner.before + inner.last + 2;
    }

    private void repeat() {
        Matcher repeat = REPEAT.matcher(text).region(at, text.length());
        if (!repeat.lookingAt()) {
            atom("\\{", 1);
            return;
        }
        long least = Long.parseLong(repeat.group(1));
        String most = repeat.group(3);
        quantifier(repeat.end() - at, Math.max(least, most == null || most.isEmpty() ? 1 : Long.parseLong(most)));
    }

    /** Saturates: a size beyond the most is not added up any further. */
    private void quantifier(int length, long times) {
        int end = at + length;
        if (text.startsWith("+", end)) {
            throw refused("possessive quantifiers are not available");
        }
        int read = text.startsWith("?", end) ? length + 1 : length;
        out.append(text, at, at + read);
        Level level = levels.element();
        long size = Math.min(level.last, MOST_SIZE + 1L);
        level.last = Math.min(size * Math.min(Math.max(times, 1), MOST_SIZE + 1L) + 1, MOST_SIZE + 1L);
        at += read;
    }

    private void characterClass() {
        int from = at++;
        out.append('[');
        if (text.startsWith("^", at)) {
            out.append(text.charAt(at++));
        }
        if (text.startsWith("]", at)) {
            out.append("\\]");
            at++;
        }
        while (at < text.length() && text.charAt(at) != ']') {
            member(text.charAt(at));
        }
        out.append(']');
        at++;
        Level level = levels.element();
        level.before += level.last;
        level.last = (long) at - from;
    }

    private void member(char c) {
        if (c == '[' || text.startsWith("&&", at)) {
            throw refused("a class in a class and && are not available; write a bracket as \\[");
        }
        if (c == '\\') {
            escape(true);
        } else {
            out.append(c);
            at++;
        }
    }

    private void escape(boolean inClass) {
        char escaped = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        switch (escaped) {
            case 'u' -> unicode(inClass);
            case 's' -> take(inClass ? SPACES : "[" + SPACES + "]", 2, inClass);
            case 'S' -> take(inClass ? NO_SPACES : "[" + NO_SPACES + "]", 2, inClass);
            case 'Q' -> quoted(inClass);
            case 'x', 'p', 'P' -> {
                int length = text.startsWith("{", at + 2) ? text.indexOf('}', at) + 1 - at : 2;
                take(text.substring(at, at + Math.max(length, 2)), Math.max(length, 2), inClass);
            }
            case 'v' -> throw refused("\\v is not available: write " + (inClass ? VERTICAL : "[" + VERTICAL + "]"));
            case '0' -> throw refused("\\0 is not available: write \\x and two hexadecimal digits");
            case 'k', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                throw refused("references to groups are not available");
            default -> {
                int length = Character.charCount(text.codePointAt(Math.min(at + 1, text.length() - 1))) + 1;
                take(text.substring(at, Math.min(at + length, text.length())), length, inClass);
            }
        }
    }

    private void unicode(boolean inClass) {
        char first = unit(at);
        if (!Character.isSurrogate(first)) {
            take("\\x{%x}".formatted((int) first), 6, inClass);
            return;
        }
        char second = text.startsWith("\\u", at + 6) ? unit(at + 6) : 0;
        if (!Character.isSurrogatePair(first, second)) {
            throw refused("half a character: write both halves, as in \\ud83d\\ude00");
        }
        take("\\x{%x}".formatted(Character.toCodePoint(first, second)), 12, inClass);
    }

    private char unit(int escape) {
        return (char) Integer.parseInt(text.substring(escape + 2, escape + 6), 16);
    }

    private void take(String translated, int read, boolean inClass) {
        if (inClass) {
            out.append(translated);
            at += read;
        } else {
            atom(translated, read);
        }
    }

    private void quoted(boolean inClass) {
        int end = text.indexOf("\\E", at + 2);
        String quoted = text.substring(at + 2, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 2;
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            boolean plain = Character.isLetterOrDigit(c) || c > 127;
            take(plain ? String.valueOf(c) : "\\" + c, 0, inClass);
        }
    }

    private IllegalArgumentException refused(String why) {
        return LinearRegex.refused(Pattern.compile(text, Pattern.LITERAL), why);
    }
}
