package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Jsonata.Fn0;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Parser.Symbol;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that gives up when the budget is spent. It is a function, as in JSONata: applied to a string it
 * gives the first match.
 *
 * <p>Java's regular expressions backtrack: {@code /(a+)+$/} on thirty letters takes longer than anyone waits, and nothing
 * can stop it but the text that it reads. So the text counts how often it is read. The evaluator would hand the plain
 * string to the plain {@link Pattern}; therefore patterns are taken out of the parsed expression before it sees them.
 */
final class Regex extends JFunction {
    /** The field of a literal; the library gives no other access to it. */
    private static final VarHandle LITERAL = literal();

    private final Pattern pattern;
    private final Budget budget;

    private Regex(Pattern pattern, Budget budget) {
        super((input, arguments) -> next(matcher(pattern, (String) arguments.get(0), budget)), "<s-:o>");
        this.pattern = pattern;
        this.budget = budget;
    }

    private static VarHandle literal() {
        try {
            return MethodHandles.privateLookupIn(Symbol.class, MethodHandles.lookup())
                    .findVarHandle(Symbol.class, "value", Object.class);
        } catch (ReflectiveOperationException otherVersion) {
            throw new ExceptionInInitializerError(otherVersion);
        }
    }

    /** Before the symbol is evaluated. */
    static void guard(Symbol symbol, Budget budget) {
        if (LITERAL.get(symbol) instanceof Pattern pattern) {
            LITERAL.set(symbol, new Regex(pattern, budget));
        }
    }

    Matcher matcher(String text) {
        return matcher(pattern, text, budget);
    }

    private static Matcher matcher(Pattern pattern, String text, Budget budget) {
        return pattern.matcher(new WatchedText(text, budget));
    }

    private static @Nullable Map<String, Object> next(Matcher matcher) {
        if (!matcher.find()) {
            return null;
        }
        Map<String, Object> match = new LinkedHashMap<>();
        match.put("match", matcher.group());
        match.put("start", matcher.start());
        match.put("end", matcher.end());
        match.put("groups", groups(matcher));
        match.put("next", (Fn0<Object>) () -> next(matcher));
        return match;
    }

    /** What the groups of a match caught; null for one that took no part. */
    static List<@Nullable Object> groups(Matcher matcher) {
        List<@Nullable Object> groups = new ArrayList<>(matcher.groupCount());
        for (int group = 1; group <= matcher.groupCount(); group++) {
            groups.add(matcher.group(group));
        }
        return groups;
    }

    /** Checks the budget every so many characters that are read. */
    private static final class WatchedText implements CharSequence {
        private static final int READS_PER_CHECK = 1024;

        private final String text;
        private final Budget budget;
        private int reads;

        WatchedText(String text, Budget budget) {
            this.text = text;
            this.budget = budget;
        }

        @Override
        public char charAt(int index) {
            if (++reads % READS_PER_CHECK == 0) {
                budget.check();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
