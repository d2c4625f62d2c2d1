package dev.sluice.source.signature;

import dev.sluice.source.place.Letter;
import dev.sluice.source.place.Place;
import dev.sluice.source.place.PlaceText;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * What a producer signs, as a template: {@code {timestamp}.{body}}. What is not there is empty, as producers have it.
 * Immutable; any thread.
 */
public final class SignedText {
    static final String EXPECTED =
            "a template of {body}, {timestamp}, {url}, {path}, {method}, {sortedForm}, {bodySha256} and of places, as {header:X-Id}";
    private static final int MAX_PARTS = 64;

    /** What is known of a request. */
    record Told(Knock knock, Letter letter, Buffer body, String timestamp) {}

    @FunctionalInterface
    private interface Part {
        byte[] of(Told told);
    }

    private final String text;
    private final List<Part> parts;

    /** @throws IllegalArgumentException for what is no such template */
    public SignedText(String text) {
        this.text = text;
        this.parts = parts(text);
    }

    /** As it is written. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedText that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Whether the body is signed with it; of a form its fields are. */
    boolean coversBody(boolean isForm) {
        return text.contains("{body}") || text.contains("{bodySha256}") || (isForm && text.contains("{sortedForm}"));
    }

    /** Whether it promises to sign the body, and can sign forms only. */
    boolean isOfForms() {
        return text.contains("{sortedForm}") && !coversBody(false);
    }

    List<byte[]> of(Told told) {
        return parts.stream().map(part -> part.of(told)).toList();
    }

    /** @throws IllegalArgumentException for what is none */
    private static List<Part> parts(String template) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        while (from < template.length()) {
            int open = template.indexOf('{', from);
            int end = open < 0 ? template.length() : open;
            if (end > from) {
                byte[] literal = template.substring(from, end).getBytes(StandardCharsets.UTF_8);
                parts.add(told -> literal);
            }
            if (open < 0) {
                break;
            }
            int close = template.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("a brace without its other");
            }
            parts.add(part(template.substring(open + 1, close)));
            from = close + 1;
        }
        if (parts.isEmpty() || parts.size() > MAX_PARTS) {
            throw new IllegalArgumentException("%d parts".formatted(parts.size()));
        }
        return parts;
    }

    private static Part part(String name) {
        return switch (name) {
            case "body" -> told -> told.body().getBytes();
            case "timestamp" -> told -> utf8(told.timestamp());
            case "url" -> told -> utf8(told.knock().url());
            case "path" -> told -> utf8(path(told.knock().url()));
            case "method" -> told -> utf8(told.knock().method());
            case "bodySha256" -> told -> utf8(sha256(told.body()));
            case "sortedForm" -> told -> utf8(sorted(told.letter()));
            default -> {
                Place place = PlaceText.parse(name);
                yield told -> {
                    String value = place.in(told.letter());
                    return value == null ? new byte[0] : utf8(value);
                };
            }
        };
    }

    /** With the query, if there is one. */
    private static String path(String url) {
        int authority = url.indexOf("://");
        int slash = url.indexOf('/', authority < 0 ? 0 : authority + 3);
        return slash < 0 ? "/" : url.substring(slash);
    }

    static String sha256(Buffer body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Names and values, one behind the other, in the order of the names. */
    private static String sorted(Letter letter) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(letter.form()).forEach((name, value) -> text.append(name).append(value));
        return text.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
