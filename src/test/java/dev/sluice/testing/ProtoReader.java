package dev.sluice.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A message of protobuf, read as the wire has it: its fields by their numbers. */
final class ProtoReader {
    /** @param value a {@code Long}, or the bytes of a text, an id or a message */
    private record Field(int number, Object value) {}

    private final List<Field> fields = new ArrayList<>();

    ProtoReader(byte[] message) {
        ByteBuffer wire = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (wire.hasRemaining()) {
            int tag = (int) varint(wire);
            fields.add(new Field(tag >>> 3, value(wire, tag & 7)));
        }
    }

    private static Object value(ByteBuffer wire, int form) {
        return switch (form) {
            case 0 -> varint(wire);
            case 1 -> wire.getLong();
            case 5 -> (long) wire.getInt();
            case 2 -> {
                byte[] bytes = new byte[(int) varint(wire)];
                wire.get(bytes);
                yield bytes;
            }
            default -> throw new AssertionError("wire type " + form);
        };
    }

    private static long varint(ByteBuffer wire) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = wire.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private Stream<Object> all(int number) {
        return fields.stream().filter(field -> field.number == number).map(Field::value);
    }

    boolean has(int number) {
        return all(number).findAny().isPresent();
    }

    List<ProtoReader> messages(int number) {
        return all(number).map(bytes -> new ProtoReader((byte[]) bytes)).toList();
    }

    /** The one of this number. */
    ProtoReader message(int number) {
        List<ProtoReader> messages = messages(number);
        if (messages.size() != 1) {
            throw new AssertionError("%d messages of field %d".formatted(messages.size(), number));
        }
        return messages.get(0);
    }

    /** 0 where there is none. */
    long number(int number) {
        return all(number).mapToLong(value -> (Long) value).findFirst().orElse(0);
    }

    /** Empty where there is none. */
    String text(int number) {
        return new String(bytes(number), StandardCharsets.UTF_8);
    }

    String hex(int number) {
        return HexFormat.of().formatHex(bytes(number));
    }

    private byte[] bytes(int number) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        all(number).forEach(bytes -> joined.writeBytes((byte[]) bytes));
        return joined.toByteArray();
    }
}
