package dev.sluice.delivery.send.content;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the data of an event is. */
final class DataType {
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";

    private static final Set<String> TEXTS = Set.of(
            "application/xml",
            "application/yaml",
            "application/javascript",
            "application/graphql",
            "application/x-www-form-urlencoded",
            "application/x-ndjson");
    private static final Pattern TEXT_SUFFIX = Pattern.compile("\\+(xml|yaml)$");
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\";\\s]*)");
    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii", "ascii");

    private DataType() {}

    /** What the producer said; where it said nothing JSON if the data can be (CloudEvents JSON format 1.0 §3.1). */
    static String of(Event event) {
        String said = event.attributes().get(Attributes.DATA_CONTENT_TYPE);
        if (said != null && !said.isBlank()) {
            return said;
        }
        return looksLikeJson(event.data()) ? JSON : BYTES;
    }

    private static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /**
     * What a JSON string says as well as bytes do: of a type that is text, in UTF-8, and without control characters, which
     * no text has and of which each would take six bytes. Null for anything else.
     */
    static @Nullable String text(String contentType, Buffer data) {
        if (!isText(contentType)) {
            return null;
        }
        byte[] bytes = data.getBytes();
        for (byte octet : bytes) {
            boolean isControl = octet >= 0 && octet < ' ' && octet != '\n' && octet != '\r' && octet != '\t';
            if (isControl) {
                return null;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    private static boolean isText(String contentType) {
        String type = essence(contentType);
        Matcher charset = CHARSET.matcher(contentType);
        boolean isUtf8 = !charset.find() || UTF_8.contains(charset.group(1).toLowerCase(Locale.ROOT));
        return isUtf8
                && (type.startsWith("text/")
                        || TEXTS.contains(type)
                        || TEXT_SUFFIX.matcher(type).find());
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
