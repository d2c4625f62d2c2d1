package dev.sluice.tail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of a line in the stream of all pods: the id of an entry in Redis. */
public record TailPlace(long ms, long sequence) implements Comparable<TailPlace> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})-(\\d{1,15})");
    public static final TailPlace START = new TailPlace(0, 0);

    public static Optional<TailPlace> of(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new TailPlace(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(TailPlace other) {
        return ms == other.ms ? Long.compare(sequence, other.sequence) : Long.compare(ms, other.ms);
    }

    @Override
    public String toString() {
        return ms + "-" + sequence;
    }
}
