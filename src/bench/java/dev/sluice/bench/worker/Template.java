package dev.sluice.bench.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;

/**
 * Bytes with places for numbers, made once and then only copied and filled in. A place is a run of one character, as wide
 * as the run, and is written with leading zeros:
 *
 * <pre>
 * !  the run                     ^  the sequence number of the event in the run
 * ~  what the event is for       @  when it was due, in microseconds since 1970
 * #  the type's number           $  the tenant's number
 * </pre>
 */
final class Template {
    private static final String PLACES = "!^~@#$";

    private final byte[] bytes;
    private final List<Place> places;

    private Template(byte[] bytes, List<Place> places) {
        this.bytes = bytes;
        this.places = places;
    }

    private record Place(char kind, int from, int digits) {}

    /** @param text ASCII; the characters of places occur in it for nothing else */
    static Template of(String text) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char kind = text.charAt(i);
            if (PLACES.indexOf(kind) >= 0) {
                int from = i;
                while (i + 1 < text.length() && text.charAt(i + 1) == kind) {
                    i++;
                }
                places.add(new Place(kind, from, i + 1 - from));
            }
        }
        return new Template(text.getBytes(US_ASCII), List.copyOf(places));
    }

    int length() {
        return bytes.length;
    }

    /** Copies it to the offset, with the numbers of one event. */
    void write(byte[] into, int offset, Numbers numbers) {
        System.arraycopy(bytes, 0, into, offset, bytes.length);
        for (Place place : places) {
            digits(into, offset + place.from, place.digits, numbers.of(place.kind));
        }
    }

    private static void digits(byte[] into, int from, int digits, long value) {
        long rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** The numbers of one event. */
    record Numbers(int run, long sequence, long target, long atMicros, int type, int tenant) {
        private long of(char kind) {
            return switch (kind) {
                case '!' -> run;
                case '^' -> sequence;
                case '~' -> target;
                case '@' -> atMicros;
                case '#' -> type;
                case '$' -> tenant;
                default -> throw new IllegalArgumentException("kind: " + kind);
            };
        }
    }
}
