package dev.sluice.delivery.redis;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * An event as one field of a parked delivery: the number of its bytes, {@code p} or {@code d} for plain or deflated, and then
 * its attributes as a line of JSON and its data, if that does not lie by itself. See {@link Bodies}.
 *
 * <p>A dictionary says beforehand what stands in most events; for one of 1 KiB that is a fifth. Level 1 is 15 % larger than
 * level 9, in half of the time, some 25 µs to pack and 15 to unpack; what is large is left as it is, since this runs on event loops.
 */
final class Packed {
    private static final int MOST = 16_384;
    /** Deflated, a tenth less is worth the work of reading it. */
    private static final double WORTH = 0.9;

    /**
     * What Redis takes for a parked delivery beside the field: its key, its other fields, its place in the queue. Measured by
     * a test, as what a body of its own takes beside its data.
     */
    private static final int BESIDE = 675;

    private static final int BESIDE_BODY = 420;

    /** Never changed: what was deflated with it cannot be read without. */
    private static final byte[] DICTIONARY = utf8("\",\"subject\",\"datacontentencoding\",\"base64\",\"dataschema\",\""
            + "https://\",\"tenant\",\"default\",\"environment\",\"production\",\"locale\",\"es\",\"en\",{\"createdAt\":\"2026-\","
            + "\"updatedAt\":\"2026-\",\"publishedAt\":null,\"description\":\"\",\"status\":\"published\",\"name\":\"\","
            + "\"title\":\"\",\"slug\":\"\",\"email\":\"\",\"url\":\"https://www.\",\"data\":{\"attributes\":{\"id\":1,"
            + "\"type\":\"\",\"value\":true,false,null}},[{\"items\":[],[[\"type\",\"entry.update\",\"id\",\"\",\"source\","
            + "\"/\",\"model\",\"article\",\"partitionkey\",\"\",\"time\",\"2026-11-28T00:00:00.000Z\",\"datacontenttype\","
            + "\"application/json\"],null,null]\n{\"");

    /** They hold memory that no collector sees; each is set back for the next use. */
    private static final ThreadLocal<Deflater> DEFLATER =
            ThreadLocal.withInitial(() -> new Deflater(Deflater.BEST_SPEED, true));

    private static final ThreadLocal<Inflater> INFLATER = ThreadLocal.withInitial(() -> new Inflater(true));

    private Packed() {}

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What a parked delivery of the event takes in Redis, about; of data that lies by itself all of it. */
    static int bytes(Event event, Buffer packed) {
        int apart = Bodies.isApart(event) ? BESIDE_BODY + event.data().length() : 0;
        return BESIDE + packed.length() + apart;
    }

    static Buffer pack(Event event) {
        List<String> bare = event.attributes().bare();
        String head = new JsonArray()
                .add(pairs(event.attributes()))
                .add(bare.isEmpty() ? null : String.join(" ", bare))
                .add(event.dialect())
                .encode();
        Buffer plain = Buffer.buffer(head).appendString("\n");
        if (!Bodies.isApart(event)) {
            plain.appendBuffer(event.data());
        }
        Buffer packed = Buffer.buffer(String.valueOf(event.bytes()));
        byte[] deflated = plain.length() > MOST ? null : deflated(plain.getBytes());
        return deflated == null
                ? packed.appendString("p").appendBuffer(plain)
                : packed.appendString("d").appendBytes(deflated);
    }

    private static JsonArray pairs(Attributes attributes) {
        JsonArray pairs = new JsonArray();
        for (int i = 0; i < attributes.size(); i++) {
            pairs.add(attributes.name(i)).add(attributes.value(i));
        }
        return pairs;
    }

    /** Null if that is not worth it. */
    private static byte @Nullable [] deflated(byte[] plain) {
        Deflater deflater = DEFLATER.get();
        deflater.reset();
        deflater.setDictionary(DICTIONARY);
        deflater.setInput(plain);
        deflater.finish();
        byte[] deflated = new byte[(int) (plain.length * WORTH)];
        int length = deflater.deflate(deflated);
        return deflater.finished() ? Arrays.copyOf(deflated, length) : null;
    }

    /** @throws RuntimeException for what nobody packed so */
    static Event unpack(String eventId, Buffer packed) {
        int mode = 0;
        while (Character.isDigit(packed.getByte(mode))) {
            mode++;
        }
        Buffer rest = packed.getBuffer(mode + 1, packed.length());
        Buffer plain = switch (packed.getByte(mode)) {
            case 'p' -> rest;
            case 'd' -> inflated(rest.getBytes());
            default ->
                throw new IllegalArgumentException(
                        "a packed event: begins with %s (expected: p or d)".formatted(packed.getString(0, mode + 1)));
        };
        int end = 0;
        while (plain.getByte(end) != '\n') {
            end++;
        }
        JsonArray head = new JsonArray(plain.getString(0, end));
        Attributes attributes =
                Attributes.of(head.getJsonArray(0).stream().map(String::valueOf).toArray(String[]::new));
        String bare = head.getString(1);
        return new Event(
                new EventId(eventId),
                bare == null ? attributes : attributes.withBare(List.of(bare.split(" "))),
                plain.getBuffer(end + 1, plain.length()),
                head.getString(2));
    }

    private static Buffer inflated(byte[] deflated) {
        Inflater inflater = INFLATER.get();
        inflater.reset();
        inflater.setDictionary(DICTIONARY);
        inflater.setInput(deflated);
        Buffer plain = Buffer.buffer(4 * deflated.length);
        byte[] some = new byte[1024];
        try {
            while (!inflater.finished()) {
                int length = inflater.inflate(some);
                if (length == 0) {
                    throw new IllegalArgumentException("a packed event: cut short");
                }
                plain.appendBytes(some, 0, length);
            }
        } catch (DataFormatException garbled) {
            throw new IllegalArgumentException("a packed event: not deflated as it says", garbled);
        }
        return plain;
    }
}
