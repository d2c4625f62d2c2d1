package dev.sluice.source.signature;

import dev.sluice.source.place.Braces;
import dev.sluice.source.place.Letter;
import dev.sluice.source.place.Place;
import dev.sluice.source.place.PlaceText;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a producer signs, as a template: {@code {timestamp}.{body}}. What is not there is empty, as producers have it.
 * Immutable; any thread.
 */
public final class SignedText {
    static final String EXPECTED =
            "a template of {body}, {timestamp}, {url}, {path}, {method}, {sortedForm}, {bodySha256} and of places, as {header:X-Id}";
    private static final int MAX_PARTS = 64;
    /** What stands for bytes that are no text. */
    private static final char MALFORMED = '\uFFFD';

    private static final String BODY = "body";
    private static final String BODY_DIGEST = "bodySha256";
    private static final String FORM = "sortedForm";
    private static final String TIME = "timestamp";

    /** What is known of a request. */
    record Told(Knock knock, Letter letter, Buffer body, String timestamp) {}

    /** @param name of what stands in the braces; empty for a text between them */
    private record Part(String name, Function<Told, byte[]> of, List<String> headers) {}

    private final String text;
    private final List<Part> parts;

    /** @throws IllegalArgumentException for what is no such template */
    public SignedText(String text) {
        this.text = text;
        this.parts = Braces.split(text, SignedText::literal, SignedText::part);
        if (parts.isEmpty() || parts.size() > MAX_PARTS) {
            throw new IllegalArgumentException("%d parts".formatted(parts.size()));
        }
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

    private boolean has(String name) {
        return parts.stream().anyMatch(part -> part.name().equals(name));
    }

    /** All that it reads. */
    Stream<String> headers() {
        return parts.stream().flatMap(part -> part.headers().stream());
    }

    /** Whether each byte of the body is signed with it. */
    boolean coversBody() {
        return has(BODY) || has(BODY_DIGEST);
    }

    /** Whether it promises to sign the body, and can sign forms only. */
    boolean isOfForms() {
        return has(FORM) && !coversBody();
    }

    boolean coversTime() {
        return has(TIME);
    }

    /** Whether nobody could change what stands there and keep the signature. */
    boolean covers(Place place) {
        return place.simple().allMatch(this::coversOne);
    }

    private boolean coversOne(Place place) {
        boolean isOfBody = place.isOfBody() && coversBody();
        boolean isOfQuery = place instanceof Place.Asked && (has("url") || has("path"));
        return place instanceof Place.Constant || isOfBody || isOfQuery || has(place.text());
    }

    List<byte[]> of(Told told) {
        return parts.stream().map(part -> part.of().apply(told)).toList();
    }

    private static Part literal(String text) {
        byte[] bytes = utf8(text);
        return new Part("", told -> bytes, List.of());
    }

    /** @throws IllegalArgumentException for what is none */
    private static Part part(String name) {
        return switch (name) {
            case BODY -> known(name, told -> told.body().getBytes());
            case TIME -> known(name, told -> utf8(told.timestamp()));
            case "url" -> known(name, told -> utf8(told.knock().url()));
            case "path" -> known(name, told -> utf8(path(told.knock().url())));
            case "method" -> known(name, told -> utf8(told.knock().method()));
            case BODY_DIGEST -> known(name, told -> utf8(sha256(told.body())));
            case FORM -> known(name, told -> utf8(sorted(told.letter())));
            default -> placed(name, PlaceText.parse(name));
        };
    }

    private static Part known(String name, Function<Told, byte[]> of) {
        return new Part(name, of, List.of());
    }

    private static Part placed(String name, Place place) {
        Function<Told, byte[]> of = told -> {
            String value = place.in(told.letter());
            return value == null ? new byte[0] : utf8(value);
        };
        return new Part(name, of, place.headers().toList());
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

    /**
     * Names and values, one behind the other, in the order of the names; of a name given more than once each of its values
     * in their order, and the same value once, as the libraries of Twilio have it.
     */
    private static String sorted(Letter letter) {
        StringBuilder text = new StringBuilder();
        letter.sortedForm()
                .forEach((name, values) ->
                        values.forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    /** What of a form such a text does not hold, for which another could be put in its place; or null. */
    static @Nullable String unsigned(Letter letter) {
        if (letter.isMultipart()) {
            return "multipart, of which files and heads are not signed (expected: application/x-www-form-urlencoded)";
        }
        boolean isNameless = letter.sortedForm().containsKey("");
        boolean isMalformed = sorted(letter).indexOf(MALFORMED) >= 0;
        return isNameless || isMalformed
                ? "a field without a name, or that is not UTF-8, which is not signed (expected: none)"
                : null;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
