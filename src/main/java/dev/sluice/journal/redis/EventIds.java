package dev.sluice.journal.redis;

import dev.sluice.event.EntryRef;
import dev.sluice.event.EventId;

/**
 * Makes an event's id from where it is kept: 10 characters of milliseconds, 6 of sequence, 2 of partition (see
 * {@link Partitions}), 5 of the installation's mark, in Crockford's base 32. Sorts by time. The mark keeps the ids of two installations apart at a
 * receiver that both deliver to.
 */
final class EventIds {
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int MS = 10;
    private static final int SEQUENCE = 6;
    private static final int PARTITION = 2;
    static final int MARK = 5;
    private static final int LENGTH = EventId.PREFIX.length() + MS + SEQUENCE + PARTITION + MARK;

    private EventIds() {}

    /** @param entryId {@code ms-seq}, as Redis writes it */
    static EventId of(String entryId, int partition, String mark) {
        int dash = entryId.indexOf('-');
        long ms = Long.parseLong(entryId, 0, dash, 10);
        long sequence = Long.parseLong(entryId, dash + 1, entryId.length(), 10);
        char[] text = new char[LENGTH];
        EventId.PREFIX.getChars(0, EventId.PREFIX.length(), text, 0);
        int at = EventId.PREFIX.length();
        at = write(text, at, MS, ms);
        at = write(text, at, SEQUENCE, sequence);
        at = write(text, at, PARTITION, partition);
        mark.getChars(0, MARK, text, at);
        return new EventId(new String(text));
    }

    /**
     * Where the event is.
     *
     * @throws IllegalArgumentException for what is no id of ours
     */
    static EntryRef locate(EventId id) {
        String text = id.text();
        if (text.length() != LENGTH) {
            throw new IllegalArgumentException("event id: %s (expected: %d characters)".formatted(text, LENGTH));
        }
        int at = EventId.PREFIX.length();
        long ms = read(text, at, MS);
        long sequence = read(text, at + MS, SEQUENCE);
        int partition = (int) read(text, at + MS + SEQUENCE, PARTITION);
        if (!Partitions.exists(partition)) {
            throw new IllegalArgumentException("event id: %s (expected: of a partition)".formatted(text));
        }
        return new EntryRef(Partitions.name(partition), ms + "-" + sequence);
    }

    /** Five characters of the installation's mark. */
    static String mark(long random) {
        char[] text = new char[MARK];
        write(text, 0, MARK, random & ((1L << (5 * MARK)) - 1));
        return new String(text);
    }

    private static int write(char[] text, int at, int width, long value) {
        long rest = value;
        for (int i = at + width - 1; i >= at; i--) {
            text[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
        if (rest != 0) {
            throw new IllegalArgumentException("event id: %d does not fit %d characters".formatted(value, width));
        }
        return at + width;
    }

    private static long read(String text, int from, int width) {
        long value = 0;
        for (int i = from; i < from + width; i++) {
            int digit = new String(DIGITS).indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("event id: %s (expected: base 32 behind evt_)".formatted(text));
            }
            value = value << 5 | digit;
        }
        return value;
    }
}
