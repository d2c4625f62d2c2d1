package dev.sluice.delivery.send.content;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the data of an event is. */
final class DataType {
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";

    private DataType() {}

    /** What the producer said; where it said nothing JSON if the data can be (CloudEvents JSON format 1.0 §3.1). */
    static String of(Event event) {
        String said = event.attributes().get(Attributes.DATA_CONTENT_TYPE);
        if (said != null && !said.isBlank()) {
            return said;
        }
        return looksLikeJson(event.data()) ? JSON : BYTES;
    }

    /** {@code application/json}, {@code text/json} or any type with the suffix {@code +json}; parameters do not matter. */
    static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        return type.equals(JSON) || type.equals("text/json") || type.endsWith("+json");
    }

    /** By the first byte that is not white space: enough to tell JSON from what is not text at all. */
    private static boolean looksLikeJson(Buffer data) {
        for (int i = 0; i < data.length(); i++) {
            int c = data.getByte(i);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return "{[\"-0123456789tfn".indexOf(c) >= 0;
            }
        }
        return true;
    }
}
