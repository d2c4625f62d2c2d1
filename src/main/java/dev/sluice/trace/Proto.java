package dev.sluice.trace;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** A message of protobuf, as it is written. Confined. */
final class Proto {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final Buffer bytes = Buffer.buffer(128);

    private void tag(int field, int form) {
        varint((long) field << 3 | form);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.appendByte((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        bytes.appendByte((byte) rest);
    }

    Proto number(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    Proto fixed64(int field, long value) {
        tag(field, FIXED64);
        bytes.appendLongLE(value);
        return this;
    }

    Proto fixed32(int field, int value) {
        tag(field, FIXED32);
        bytes.appendIntLE(value);
        return this;
    }

    Proto text(int field, String value) {
        return put(field, Buffer.buffer(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Its eight bytes, the highest first. */
    Proto id(int field, long value) {
        return put(field, Buffer.buffer(Long.BYTES).appendLong(value));
    }

    Proto id(int field, long high, long low) {
        return put(field, Buffer.buffer(2 * Long.BYTES).appendLong(high).appendLong(low));
    }

    Proto message(int field, Proto value) {
        return put(field, value.bytes);
    }

    private Proto put(int field, Buffer value) {
        tag(field, BYTES);
        varint(value.length());
        bytes.appendBuffer(value);
        return this;
    }

    Buffer bytes() {
        return bytes;
    }
}
