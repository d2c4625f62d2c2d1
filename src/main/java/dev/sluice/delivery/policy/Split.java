package dev.sluice.delivery.policy;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of an attempt went, in whole milliseconds; {@link #NONE} of a part that it did not come to. On a kept
 * connection there is no connect and no TLS, and where the name was known no DNS.
 *
 * <p>The parts follow each other, and are cut where a millisecond ends, not each by itself: together they are never more than
 * the attempt took. What they leave is what came before, or between them: writing and signing, a token, a free place on a
 * connection, and a first try that broke.
 */
public record Split(int dns, int connect, int tls, int firstByte, int body) {
    public static final int NONE = -1;
    /** Nothing is known of it. */
    public static final Split UNKNOWN = new Split(NONE, NONE, NONE, NONE, NONE);

    /** What can be told of nothing else: it is about the event, the address or Sluice. */
    private static final Set<Answer.Kind> ON_THE_WIRE =
            EnumSet.of(Answer.Kind.DNS, Answer.Kind.CONNECT, Answer.Kind.TLS, Answer.Kind.TIMEOUT, Answer.Kind.BROKEN);

    /** In the order in which they come. */
    public enum Part {
        DNS('d'),
        CONNECT('c'),
        /** To the moment at which a request can go out. */
        TLS('t'),
        /** From the moment at which the request goes out to the end of the answer's head. */
        FIRST_BYTE('f'),
        BODY('b');

        private static final Part[] ALL = values();

        private final char letter;

        Part(char letter) {
            this.letter = letter;
        }
    }

    public int of(Part part) {
        return switch (part) {
            case DNS -> dns;
            case CONNECT -> connect;
            case TLS -> tls;
            case FIRST_BYTE -> firstByte;
            case BODY -> body;
        };
    }

    /** Whether the connection was there before it was asked for. */
    public boolean isOnKeptConnection() {
        return firstByte != NONE && connect == NONE;
    }

    /** The part in which an attempt failed with an error of this kind; null where it failed in none of them. */
    public @Nullable Part failedIn(Answer.Kind kind) {
        return ON_THE_WIRE.contains(kind) ? last() : null;
    }

    /** How far it came; null: not even to the first part. */
    public @Nullable Part last() {
        for (int i = Part.ALL.length - 1; i >= 0; i--) {
            if (of(Part.ALL[i]) != NONE) {
                return Part.ALL[i];
            }
        }
        return null;
    }

    /** A letter for each part and its milliseconds, of which zero is not written: {@code d2c1t12f30b}; null if nothing is known. */
    public @Nullable String text() {
        if (last() == null) {
            return null;
        }
        StringBuilder text = new StringBuilder(16);
        for (Part part : Part.ALL) {
            int ms = of(part);
            if (ms != NONE) {
                text.append(part.letter);
            }
            if (ms > 0) {
                text.append(ms);
            }
        }
        return text.toString();
    }

    /** Reads {@link #text}. A later version may know more parts, which are none here. */
    public static Split of(@Nullable String text) {
        return text == null
                ? UNKNOWN
                : new Split(
                        read(text, Part.DNS),
                        read(text, Part.CONNECT),
                        read(text, Part.TLS),
                        read(text, Part.FIRST_BYTE),
                        read(text, Part.BODY));
    }

    private static int read(String text, Part part) {
        int at = text.indexOf(part.letter);
        if (at < 0) {
            return NONE;
        }
        long ms = 0;
        for (int i = at + 1; i < text.length() && Character.digit(text.charAt(i), 10) >= 0; i++) {
            ms = Math.min(Integer.MAX_VALUE, ms * 10 + Character.digit(text.charAt(i), 10));
        }
        return (int) ms;
    }
}
