package dev.sluice.source.place;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a form that may hold files, which are passed over ({@code multipart/form-data}, RFC 7578). */
final class MultipartFields {
    private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))");
    private static final Pattern NAME =
            Pattern.compile("(?dim)^content-disposition:[^\r\n]*?;\\s*name=\"([^\"\r\n]*)\"");
    private static final Pattern FILE = Pattern.compile("(?dim)^content-disposition:[^\r\n]*?;\\s*filename\\*?=");
    /** Of a part. One that is longer is passed over. */
    private static final int MOST_HEAD = 8192;

    private static final String HEAD_END = "\r\n\r\n";

    private MultipartFields() {}

    /**
     * Of a name given twice the first counts. Empty for what has no boundary.
     *
     * @throws dev.sluice.http.ProblemException 400 for more than a thousand parts
     */
    static Map<String, String> parse(String contentType, Buffer body) {
        Map<String, String> fields = new LinkedHashMap<>();
        String delimiter = delimiter(contentType);
        if (delimiter == null) {
            return fields;
        }
        String text = "\r\n" + body.toString(StandardCharsets.ISO_8859_1); // each byte is a character
        int count = 0;
        int at = text.indexOf(delimiter);
        while (at >= 0) {
            int from = at + delimiter.length();
            int next = text.indexOf(delimiter, from);
            if (next >= 0) {
                FormFields.requireFew(++count, "the form");
                part(text.substring(from, next), fields);
            }
            at = next;
        }
        return fields;
    }

    private static @Nullable String delimiter(String contentType) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            return null;
        }
        return "\r\n--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
    }

    private static void part(String part, Map<String, String> fields) {
        int end = part.indexOf(HEAD_END);
        String head = end < 0 || end > MOST_HEAD ? "" : part.substring(0, end);
        Matcher name = NAME.matcher(head);
        if (name.find() && !FILE.matcher(head).find()) {
            fields.putIfAbsent(utf8(name.group(1)), utf8(part.substring(end + HEAD_END.length())));
        }
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
