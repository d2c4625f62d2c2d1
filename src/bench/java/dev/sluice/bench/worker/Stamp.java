package dev.sluice.bench.worker;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * What an event's data carries through the gateway: the run, its number in it, and when it was due to be sent, in
 * microseconds since 1970. The fields have fixed places, so that neither end parses JSON:
 *
 * <pre>{"run":"0003","seq":"000000001234","at":"1795255200000000","pad":"…"}</pre>
 *
 * @param run from 0 to 9 999
 * @param sequence from 0, without gaps, within a run
 */
record Stamp(int run, long sequence, long atMicros) {
    static final String LAYOUT = "{\"run\":\"0000\",\"seq\":\"000000000000\",\"at\":\"0000000000000000\",\"pad\":\"";

    private static final int RUN = LAYOUT.indexOf("0000");
    private static final int RUN_DIGITS = 4;
    private static final int SEQUENCE = LAYOUT.indexOf("000000000000");
    private static final int SEQUENCE_DIGITS = 12;
    private static final int AT = LAYOUT.indexOf("0000000000000000");
    private static final int AT_DIGITS = 16;

    /** Writes the fields into a copy of the layout that begins at the offset. */
    void writeTo(byte[] bytes, int offset) {
        write(bytes, offset + RUN, RUN_DIGITS, run);
        write(bytes, offset + SEQUENCE, SEQUENCE_DIGITS, sequence);
        write(bytes, offset + AT, AT_DIGITS, atMicros);
    }

    /**
     * Reads delivered data.
     *
     * @throws IllegalArgumentException if it is not as the load sent it
     */
    static Stamp read(Buffer data) {
        if (data.length() < LAYOUT.length()) {
            throw new IllegalArgumentException(
                    "data: %d bytes (expected: at least %d)".formatted(data.length(), LAYOUT.length()));
        }
        return new Stamp(
                (int) read(data, RUN, RUN_DIGITS), read(data, SEQUENCE, SEQUENCE_DIGITS), read(data, AT, AT_DIGITS));
    }

    private static void write(byte[] bytes, int from, int digits, long value) {
        long rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static long read(Buffer data, int from, int digits) {
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = data.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException("data: %s (expected: %s…)"
                        .formatted(data.getString(0, LAYOUT.length(), StandardCharsets.UTF_8.name()), LAYOUT));
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
