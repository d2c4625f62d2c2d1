package dev.sluice.subscription.form;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * The defaults ({@code a ?? b} and {@code a ?: b}) in the text of a JSONata expression.
 *
 * <p>Counts too many rather than too few. Strings, quoted names and comments are skipped; a regular expression too where
 * nothing else can stand. Where a slash may be that or a division, every default of the text counts as nested.
 *
 * @param count  in all
 * @param nested how many stand on the left of each other, as the three in {@code ((a ?? b) ?? c) ?? d}
 */
record TransformDefaults(int count, int nested) {
    static TransformDefaults of(String expression) {
        int count = occurrences(expression, "??") + occurrences(expression, "?:");
        if (count == 0) {
            return new TransformDefaults(0, 0);
        }
        Scan scan = new Scan(expression);
        return new TransformDefaults(count, scan.isSure() ? scan.deepest() : count);
    }

    private static int occurrences(String text, String operator) {
        int count = 0;
        for (int at = text.indexOf(operator); at >= 0; at = text.indexOf(operator, at + 1)) {
            count++;
        }
        return count;
    }

    /** One pass over the text. */
    private static final class Scan {
        /** What a slash that starts a regular expression follows: an argument's beginning, an operator. */
        private static final String BEFORE_REGEX = ",(=>";

        private static final Set<String> OPERATORS = Set.of("and", "or", "in");

        private static final class Level {
            /** Of this level as a whole. */
            int deepest;
            /** Of the operand that is being read: what stands left of the next default, at most. */
            int operand;

            void endOperand() {
                deepest = Math.max(deepest, operand);
                operand = 0;
            }
        }

        private final String text;
        private final Deque<Level> levels = new ArrayDeque<>();
        private boolean sure = true;
        private int at;
        /** Where the last character is that is neither white space nor in a comment; -1 if there is none. */
        private int before = -1;

        Scan(String text) {
            this.text = text;
            levels.push(new Level());
            while (at < text.length() && sure) {
                step(text.charAt(at));
            }
        }

        boolean isSure() {
            return sure;
        }

        int deepest() {
            while (levels.size() > 1) {
                close();
            }
            levels.element().endOperand();
            return levels.element().deepest;
        }

        private void step(char c) {
            if (text.startsWith("/*", at)) {
                at = endOf("*/", at + 2);
                return;
            }
            switch (c) {
                case '"', '\'' -> skipString(c);
                case '`' -> at = endOf("`", at + 1) - 1;
                case '/' -> slash();
                case '(', '[', '{' -> levels.push(new Level());
                case ')', ']', '}' -> close();
                case ',', ';', ':' -> levels.element().endOperand();
                case '?' -> question();
                default -> {}
            }
            if (!Character.isWhitespace(c)) {
                before = at < text.length() ? at : before;
            }
            at++;
        }

        private void question() {
            Level level = levels.element();
            boolean isDefault = text.startsWith("??", at) || text.startsWith("?:", at);
            if (isDefault) {
                level.operand++;
                at++;
            }
            level.endOperand();
        }

        private void close() {
            if (levels.size() > 1) {
                Level inner = levels.pop();
                inner.endOperand();
                Level outer = levels.element();
                outer.operand = Math.max(outer.operand, inner.deepest);
            }
        }

        private void slash() {
            char c = before < 0 ? ',' : text.charAt(before);
            if (BEFORE_REGEX.indexOf(c) >= 0) {
                skipRegex();
            } else {
                sure = Character.isLetterOrDigit(c) && !OPERATORS.contains(wordBefore());
            }
        }

        private String wordBefore() {
            int from = before;
            while (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
                from--;
            }
            return text.substring(from, before + 1);
        }

        private void skipString(char quote) {
            for (at++; at < text.length() && text.charAt(at) != quote; at++) {
                if (text.charAt(at) == '\\') {
                    at++;
                }
            }
        }

        /** To the next slash that is neither escaped nor in brackets, as the library has it. */
        private void skipRegex() {
            int depth = 0;
            for (at++; at < text.length() && (text.charAt(at) != '/' || depth != 0); at++) {
                char c = text.charAt(at);
                if (c == '\\') {
                    at++;
                } else if ("([{".indexOf(c) >= 0) {
                    depth++;
                } else if (")]}".indexOf(c) >= 0) {
                    depth--;
                }
            }
        }

        private int endOf(String mark, int from) {
            int found = text.indexOf(mark, from);
            return found < 0 ? text.length() : found + mark.length();
        }
    }
}
