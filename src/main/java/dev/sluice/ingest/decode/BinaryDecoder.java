package dev.sluice.ingest.decode;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attributes as {@code ce-*} headers, data as the body (CloudEvents HTTP binding 1.0, section 3.1). */
final class BinaryDecoder implements Decoder {
    @Override
    public List<Draft> decode(MultiMap headers, Buffer body, Stamp stamp) {
        EventFaults faults = new EventFaults();
        DraftBuilder builder = new DraftBuilder(stamp, faults, -1);
        for (Map.Entry<String, String> header : headers) {
            if (Format.isAttribute(header.getKey())) {
                attribute(builder, header.getKey(), header.getValue());
            }
        }
        data(builder, headers.get(HttpHeaders.CONTENT_TYPE), body);
        Draft draft = builder.build(stamp.claim(body, builder.attributes()));
        if (draft == null) {
            throw faults.toProblem().asException();
        }
        return List.of(draft);
    }

    private static void attribute(DraftBuilder builder, String header, String value) {
        String name = header.substring(Format.PREFIX.length()).toLowerCase(Locale.ROOT);
        if (name.equals(Attributes.DATA_CONTENT_TYPE)) {
            builder.wrong(name, "ce-datacontenttype: present (expected: Content-Type instead)");
            return;
        }
        try {
            builder.attribute(name, HeaderValue.decode(value));
        } catch (IllegalArgumentException malformed) {
            builder.wrong(name, "%s: %s".formatted(EventFaults.excerpt(header), malformed.getMessage()));
        }
    }

    private static void data(DraftBuilder builder, @Nullable String contentType, Buffer body) {
        if (contentType != null) {
            builder.attribute(Attributes.DATA_CONTENT_TYPE, contentType);
        }
        if (body.length() > 0) {
            builder.bytes(body);
        }
    }
}
