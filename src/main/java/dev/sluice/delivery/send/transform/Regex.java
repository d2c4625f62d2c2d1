package dev.sluice.delivery.send.transform;

import com.dashjoin.jsonata.Jsonata.Fn0;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.google.re2j.Matcher;
import dev.sluice.jsonata.LinearRegex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that charges the budget for what it reads. It is a function, as in JSONata: applied to a string it
 * gives the first match.
 *
 * <p>The evaluator would hand the string to {@code java.util.regex}; therefore the literals of the parsed expression are
 * replaced before it sees them.
 */
final class Regex extends JFunction {
    private final LinearRegex pattern;
    private final Budget budget;

    Regex(LinearRegex pattern, Budget budget) {
        super((input, arguments) -> next(matcher(pattern, (String) arguments.get(0), budget)), "<s-:o>");
        this.pattern = pattern;
        this.budget = budget;
    }

    Matcher matcher(String text) {
        return matcher(pattern, text, budget);
    }

    private static Matcher matcher(LinearRegex pattern, String text, Budget budget) {
        return pattern.matcher(new WatchedText(text, pattern.cost(), budget));
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

    /** Charges for every so many characters that are read. */
    private static final class WatchedText implements CharSequence {
        private static final int READS_PER_CHARGE = 256;
        private static final int NANOS_PER_READ = 8;

        private final String text;
        private final long charge;
        private final Budget budget;
        private int reads;

        /** @param cost steps for each character */
        WatchedText(String text, int cost, Budget budget) {
            this.text = text;
            this.charge = READS_PER_CHARGE * ((long) NANOS_PER_READ + cost);
            this.budget = budget;
        }

        @Override
        public char charAt(int index) {
            if (++reads % READS_PER_CHARGE == 0) {
                budget.charge(charge);
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
