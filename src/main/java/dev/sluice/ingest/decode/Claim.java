package dev.sluice.ingest.decode;

import dev.sluice.event.Attributes;
import dev.sluice.event.Identity;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The {@code Idempotency-Key} of a request, as one of its events bears it.
 *
 * @param place  of the event in the request, or ""
 * @param alone  whether the event stands for itself, as the lines of a stream do; else it stands or falls with the others
 * @param digest of what was sent. A checksum does: it tells a repetition from another body of the same caller, who would
 *               only deceive himself
 */
public record Claim(String key, String place, boolean alone, String digest) {
    /** On an event alone. */
    static Claim of(String key, Buffer body) {
        return new Claim(key, "", false, digest(body.getBytes()));
    }

    /** On an event of which not everything is in the body. */
    static Claim of(String key, Buffer body, Attributes.Builder attributes) {
        return new Claim(
                key, "", false, digest(body.getBytes(), bytes(attributes.build().toString())));
    }

    /** For one event of a batch. */
    Claim at(int index) {
        return new Claim(key, String.valueOf(index), false, digest);
    }

    /** For a line of a stream. */
    static Claim ofLine(String key, long number, Buffer line) {
        return new Claim(key, String.valueOf(number), true, digest(line.getBytes()));
    }

    /** @param owner whose key it is */
    Identity by(String owner) {
        String group = owner + '\n' + key;
        String name = place.isEmpty() ? group : group + '\n' + place;
        return new Identity(name, alone ? name : group, digest);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[]... parts) {
        CRC32C checksum = new CRC32C();
        long length = 0;
        for (byte[] part : parts) {
            checksum.update(part);
            length += part.length;
        }
        return HexFormat.of().toHexDigits((int) checksum.getValue()) + Long.toHexString(length);
    }
}
