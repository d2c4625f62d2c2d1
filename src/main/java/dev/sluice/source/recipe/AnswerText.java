package dev.sluice.source.recipe;

import dev.sluice.http.Problem;
import dev.sluice.source.place.Braces;
import dev.sluice.source.place.Letter;
import dev.sluice.source.place.Place;
import dev.sluice.source.place.PlaceText;
import dev.sluice.source.signature.Algorithm;
import dev.sluice.source.signature.Challenge;
import dev.sluice.source.signature.Encoding;
import io.vertx.core.json.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text that is answered, with places of the request in it: {@code {query:hub.challenge}}, and {@code {hmac:PLACE}} or
 * {@code {hmac64:PLACE}} for the HMAC-SHA-256 of what is there with the source's secret, in hexadecimal or base64. A brace of
 * its own is written twice. Immutable; any thread.
 */
public final class AnswerText {
    static final String EXPECTED =
            "a text with places in braces, as {query:challenge}, {hmac:/token}; a brace of its own twice";
    private static final String HMAC = "hmac:";
    private static final String HMAC64 = "hmac64:";

    private final String text;
    private final List<Part> parts;

    /** @param encoding of the HMAC of what is there; null: what is there */
    private record Part(Place place, @Nullable Encoding encoding) {
        String in(Letter letter, List<String> secrets) {
            String value = place.in(letter);
            if (value == null) {
                return "";
            }
            if (encoding == null) {
                return value;
            }
            return secrets.isEmpty() || !Challenge.isOne(value)
                    ? ""
                    : encoding.encode(Algorithm.hmacSha256(secrets.get(0), value));
        }
    }

    /** @throws IllegalArgumentException for what is no such text */
    AnswerText(String text) {
        this.text = text;
        this.parts = parts(text);
    }

    private static List<Part> parts(String text) {
        return Braces.split(text, plain -> new Part(new Place.Constant(plain), null), AnswerText::part);
    }

    private static Part part(String text) {
        if (text.startsWith(HMAC64)) {
            return new Part(PlaceText.parse(text.substring(HMAC64.length())), Encoding.BASE64);
        }
        return text.startsWith(HMAC)
                ? new Part(PlaceText.parse(text.substring(HMAC.length())), Encoding.HEX)
                : new Part(PlaceText.parse(text), null);
    }

    /** Whether it tells who asks the HMAC of what he says. */
    boolean isProof() {
        return parts.stream().anyMatch(part -> part.encoding() != null);
    }

    /** @throws dev.sluice.http.ProblemException 400 where an HMAC is wanted of what is no challenge */
    void requireChallenges(Letter letter) {
        for (Part part : parts) {
            String value = part.encoding() == null ? null : part.place().in(letter);
            if (value != null && !Challenge.isOne(value)) {
                throw Problem.of(
                                400,
                                "invalid-challenge",
                                "Invalid challenge",
                                "%s: not a challenge (expected: %s)"
                                        .formatted(part.place().text(), Challenge.EXPECTED))
                        .asException();
            }
        }
    }

    /** Whether all of its places are in the head of a request. */
    boolean isOfHead() {
        return parts.stream().noneMatch(part -> part.place().isOfBody());
    }

    /** @param type of the content, whose escapes what is put in gets: it is the sender's, who may be anybody */
    String of(Letter letter, List<String> secrets, String type) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            String value = part.in(letter, secrets);
            filled.append(part.place() instanceof Place.Constant ? value : escaped(value, type));
        }
        return filled.toString();
    }

    private static String escaped(String value, String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        if (lower.contains("json")) {
            String quoted = Json.encode(value);
            return quoted.substring(1, quoted.length() - 1);
        }
        if (lower.contains("xml") || lower.contains("html")) {
            return value.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;");
        }
        return value;
    }

    String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AnswerText that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
