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
    private static final String SPACES = "\\t\\n\\x{0B}\\f\\r ";
    private static final Pattern REPEAT = Pattern.compile("\\{(\\d{1,10})(,(\\d{0,10}))?}");
    private static final Pattern GROUP = Pattern.compile("\\(\\?(:|<[A-Za-z][A-Za-z0-9]*>|[ims]*(-[ims]+)?[:)])");

    /** Sizes of one pair of brackets. */
    private static final class Level {
        long before;
        long last;
    }

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Level> levels = new ArrayDeque<>();
    private int at;

    private RegexReader(String text) {
        this.text = text;
        levels.push(new Level());
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
            case '.' -> atom(ANY, 1);
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
        if (text.startsWith("(?", at)) {
            Matcher known = GROUP.matcher(text).region(at, text.length());
            if (!known.lookingAt()) {
                throw refused(
                        "look-around, atomic groups and their like are not available; (?:…), (?i) and (?<name>…) are");
            }
            length = known.end() - at;
            out.append(known.group());
        } else {
            out.append('(');
        }
        if (text.charAt(at + length - 1) != ')') {
            levels.push(new Level());
        }
        at += length;
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
        if (escaped == 'u' && at + 6 <= text.length()) {
            take("\\x{" + text.substring(at + 2, at + 6) + "}", 6, inClass);
        } else if (escaped == 's') {
            take(inClass ? SPACES : "[" + SPACES + "]", 2, inClass);
        } else if (escaped == 'S' && !inClass) {
            take("[^" + SPACES + "]", 2, false);
        } else if (escaped == 'Q') {
            quoted(inClass);
        } else if (escaped == 'k' || (escaped >= '1' && escaped <= '9')) {
            throw refused("references to groups are not available");
        } else if (escaped == 'x' || escaped == 'p' || escaped == 'P') {
            int length = text.startsWith("{", at + 2) ? text.indexOf('}', at) + 1 - at : 2;
            take(text.substring(at, at + Math.max(length, 2)), Math.max(length, 2), inClass);
        } else {
            int length = Character.charCount(text.codePointAt(Math.min(at + 1, text.length() - 1))) + 1;
            take(text.substring(at, Math.min(at + length, text.length())), length, inClass);
        }
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
