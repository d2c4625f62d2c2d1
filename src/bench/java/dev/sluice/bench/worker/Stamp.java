package dev.sluice.bench.worker;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * What an event's data carries through the gateway, in fixed places, so that neither end parses JSON:
 *
 * <pre>{"run":"0003","for":"000017","seq":"000000001234","at":"1795255200000000","pad":"…"}</pre>
 *
 * @param run from 0 to 9 999
 * @param target the webhook or the key that it is for, from 0 to 999 999
 * @param sequence from 0, without gaps, within a run
 * @param atMicros when it was due to be sent, in microseconds since 1970
 */
record Stamp(int run, int target, long sequence, long atMicros) {
    /** A part of a {@link Template}. */
    static final String LAYOUT =
            "{\"run\":\"!!!!\",\"for\":\"~~~~~~\",\"seq\":\"^^^^^^^^^^^^\",\"at\":\"@@@@@@@@@@@@@@@@\",\"pad\":\"";

    private static final int RUN = LAYOUT.indexOf('!');
    private static final int TARGET = LAYOUT.indexOf('~');
    private static final int SEQUENCE = LAYOUT.indexOf('^');
    private static final int AT = LAYOUT.indexOf('@');

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
        return new Stamp((int) read(data, RUN), (int) read(data, TARGET), read(data, SEQUENCE), read(data, AT));
    }

    private static long read(Buffer data, int from) {
        long value = 0;
        for (int i = from; LAYOUT.charAt(i) == LAYOUT.charAt(from); i++) {
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
