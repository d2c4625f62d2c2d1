package dev.sluice.fuzz;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A request in a few lines: what it is for, a header a line, an empty line, the body.
 *
 * @param first the first line
 */
record Letter(String first, MultiMap headers, Buffer body) {
    static Letter of(byte[] input) {
        int end = 0;
        while (end < input.length && !(input[end] == '\n' && (end + 1 == input.length || input[end + 1] == '\n'))) {
            end++;
        }
        String[] lines = new String(input, 0, end, StandardCharsets.UTF_8).split("\n", -1);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(
                        clean(lines[i].substring(0, colon)),
                        clean(lines[i].substring(colon + 1)).strip());
            }
        }
        byte[] body = end + 2 <= input.length ? Arrays.copyOfRange(input, end + 2, input.length) : new byte[0];
        return new Letter(lines[0], headers, Buffer.buffer(body));
    }

    /** What HTTP lets through. */
    private static String clean(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder clean = new StringBuilder();
        for (byte one : bytes) {
            char c = (char) (one & 0xFF);
            if ((c >= ' ' && c != 0x7F) || c == '\t') {
                clean.append(c);
            }
        }
        return clean.toString();
    }
}
