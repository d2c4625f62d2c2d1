package dev.sluice.ingest.decode;

import dev.sluice.event.Attributes;
import dev.sluice.event.Identity;
import dev.sluice.http.JsonText;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Idempotency-Key} of a request, as one of its events bears it.
 *
 * @param place  of the event in the request; "" for the first, which bears the name of the request itself
 * @param group  the name of the request, which all its events stand or fall with; null for its first event, which says whose
 *               it is
 * @param alone  whether the event stands for itself, as the lines of a stream do
 * @param digest of what was sent. A checksum does: it tells a repetition from another body of the same caller, who would
 *               only deceive himself
 */
public record Claim(String key, String place, @Nullable String group, boolean alone, String digest) {
    /** On an event alone, or on the first of a batch. */
    static Claim of(String key, JsonText body) {
        return new Claim(key, "", null, false, digest(body));
    }

    /** On an event of which not everything is in the body. In which order headers came says nothing. */
    static Claim of(String key, Buffer body, Attributes.Builder attributes) {
        CRC32C checksum = new CRC32C();
        checksum.update(body.getBytes());
        Attributes all = attributes.build();
        IntStream.range(0, all.size())
                .mapToObj(each -> all.name(each) + '\0' + all.value(each) + '\0')
                .sorted()
                .forEach(each -> checksum.update(each.getBytes(StandardCharsets.UTF_8)));
        return new Claim(key, "", null, false, digest(checksum, body.length()));
    }

    /** For an event of a batch behind the first, whoever its tenant is. */
    public Claim at(int index, Identity first) {
        return new Claim(key, String.valueOf(index), first.group(), false, digest);
    }

    /** For a line of a stream. */
    static Claim ofLine(String key, long number, JsonText line) {
        return new Claim(key, String.valueOf(number), null, true, digest(line));
    }

    /** @param owner whose key it is */
    Identity by(String owner) {
        String request = group == null ? owner + '\n' + key : group;
        String name = place.isEmpty() ? request : request + '\n' + place;
        return new Identity(name, alone ? name : request, digest);
    }

    private static String digest(JsonText text) {
        CRC32C checksum = new CRC32C();
        text.addTo(checksum);
        return digest(checksum, text.length());
    }

    private static String digest(CRC32C checksum, int length) {
        return HexFormat.of().toHexDigits((int) checksum.getValue()) + Integer.toHexString(length);
    }
}
