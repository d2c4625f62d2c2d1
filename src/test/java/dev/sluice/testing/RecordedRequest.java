package dev.sluice.testing;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request as its bytes came over the wire.
 *
 * @param head the request line and the header lines, without the empty line
 */
public record RecordedRequest(String head, Buffer body) {
    public String line() {
        return lines().get(0);
    }

    /** The names in their order, in lower case. */
    public List<String> headerNames() {
        List<String> names = new ArrayList<>();
        for (String line : headerLines()) {
            names.add(name(line));
        }
        return names;
    }

    public List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        for (String line : headerLines()) {
            if (name(line).equals(name.toLowerCase(Locale.ROOT))) {
                values.add(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return values;
    }

    /** The only one of this name. */
    public String header(String name) {
        List<String> values = headers(name);
        if (values.size() != 1) {
            throw new AssertionError("%s: %s (expected: one value) in%n%s".formatted(name, values, head));
        }
        return values.get(0);
    }

    public String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private List<String> headerLines() {
        return lines().subList(1, lines().size());
    }

    private List<String> lines() {
        return head.lines().toList();
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
    }
}
