package dev.sluice.subscription;

import dev.sluice.http.PlainText;
import dev.sluice.subscription.filter.Wildcards;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Event type patterns: segments between dots, where {@code *} stands for exactly one segment and {@code **} for any
 * number of them, none included, anywhere in the pattern. A wildcard is a whole segment: {@code entry*} is refused. Any
 * other printable character stands for itself.
 */
public final class Patterns {
    /** Stands for exactly one segment. */
    public static final String ONE = "*";

    /** Stands for any number of segments. */
    public static final String REST = "**";

    /** As long as a type may be, so that each that is listed can be asked for. */
    static final int MAX_LENGTH = 1024;

    static final int MAX_SEGMENTS = 128;

    private Patterns() {}

    /** What is wrong with the pattern, or null if nothing is. */
    public static @Nullable String problem(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            return "%d characters (expected: at most %d)".formatted(pattern.length(), MAX_LENGTH);
        }
        String[] segments = segments(pattern);
        if (segments.length > MAX_SEGMENTS) {
            return "%d segments (expected: at most %d; ** stands for any number)"
                    .formatted(segments.length, MAX_SEGMENTS);
        }
        for (String segment : segments) {
            boolean wildcard = segment.equals(ONE) || segment.equals(REST);
            if (!wildcard && !isLiteral(segment)) {
                return "segment '%s' (expected: *, **, or printable characters without * between dots)"
                        .formatted(PlainText.escaped(segment));
            }
        }
        return null;
    }

    /** Whatever a type may hold: producers name their events {@code orders/create} and {@code Push Hook}. */
    private static boolean isLiteral(String segment) {
        boolean isPrintable = segment.codePoints().noneMatch(Character::isISOControl) && PlainText.isUnicode(segment);
        return isPrintable && !segment.isEmpty() && segment.indexOf('*') < 0;
    }

    /** For a single look; a webhook's patterns are matched by its {@link Index}. */
    public static boolean matches(String pattern, String type) {
        List<String> wanted = List.of(segments(pattern));
        List<String> given = List.of(segments(type));
        return wanted.contains(REST)
                ? new Wildcards<>(wanted, ONE, REST).matches(given)
                : matchesOneByOne(wanted, given);
    }

    private static boolean matchesOneByOne(List<String> wanted, List<String> given) {
        boolean matches = wanted.size() == given.size();
        for (int i = 0; matches && i < wanted.size(); i++) {
            matches = wanted.get(i).equals(ONE) || wanted.get(i).equals(given.get(i));
        }
        return matches;
    }

    /**
     * Whether whatever the pattern wants is wanted by the other one, too. Both are read at once: of the other one all places
     * that may have been come to.
     */
    public static boolean isWithin(String pattern, String other) {
        List<String> wanted = canonical(other);
        boolean[] places = new boolean[wanted.size() + 1];
        places[0] = true;
        passRests(wanted, places);
        for (String segment : canonical(pattern)) {
            boolean[] next = new boolean[places.length];
            boolean isAnywhere = false;
            for (int i = 0; i < wanted.size(); i++) {
                if (places[i] && takes(wanted.get(i), segment)) {
                    next[wanted.get(i).equals(REST) ? i : i + 1] = true;
                    isAnywhere = true;
                }
            }
            if (!isAnywhere) {
                return false;
            }
            passRests(wanted, next);
            places = next;
        }
        return places[wanted.size()];
    }

    /** A {@code **} may stand for nothing. */
    private static void passRests(List<String> wanted, boolean[] places) {
        for (int i = 0; i < wanted.size(); i++) {
            if (places[i] && wanted.get(i).equals(REST)) {
                places[i + 1] = true;
            }
        }
    }

    /** Whether the one takes whatever the segment of a pattern stands for. */
    private static boolean takes(String wanted, String segment) {
        boolean isOne = wanted.equals(ONE) && !segment.equals(REST);
        return wanted.equals(REST) || isOne || wanted.equals(segment);
    }

    /** Those that may be met at any segment of a type. */
    public static int segmentsBehindRest(String pattern) {
        List<String> canonical = canonical(pattern);
        int rest = canonical.indexOf(REST);
        return rest < 0 ? 0 : canonical.size() - rest - 1;
    }

    /** The parts between the dots, empty ones included; never an empty array. */
    public static String[] segments(String text) {
        int count = 1;
        for (int i = text.indexOf('.'); i >= 0; i = text.indexOf('.', i + 1)) {
            count++;
        }
        String[] segments = new String[count];
        int from = 0;
        for (int i = 0; i < count - 1; i++) {
            int dot = text.indexOf('.', from);
            segments[i] = text.substring(from, dot);
            from = dot + 1;
        }
        segments[count - 1] = text.substring(from);
        return segments;
    }

    /**
     * One spelling for all patterns that want the same types: in a run of wildcards each {@code *} comes first, and at
     * most one {@code **} follows. So no {@code **} ever follows another, which the index relies on.
     */
    public static List<String> canonical(String pattern) {
        List<String> canonical = new ArrayList<>();
        boolean rest = false;
        for (String segment : segments(pattern)) {
            if (segment.equals(REST)) {
                rest = true;
                continue;
            }
            if (rest && !segment.equals(ONE)) {
                canonical.add(REST);
                rest = false;
            }
            canonical.add(segment);
        }
        if (rest) {
            canonical.add(REST);
        }
        return List.copyOf(canonical);
    }
}
