package dev.sluice.source.signature;

import dev.sluice.source.place.Letter;
import dev.sluice.source.place.Moment;
import dev.sluice.source.place.Place;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a producer signs: a recipe. Immutable; any thread.
 *
 * @param key       how the secret is written
 * @param from      where the signature stands
 * @param separator between several signatures, or parts of one, in that text; null: there is one
 * @param prefix    before the signature; what begins otherwise is none. May be empty
 * @param encoding  of the signature
 * @param dated     where its time stands, or null if it has none
 * @param digest    where the SHA-256 of the body stands that the signature is of, or null
 */
public record Signature(
        Algorithm algorithm,
        Secret key,
        Place from,
        @Nullable String separator,
        String prefix,
        Encoding encoding,
        @Nullable Dated dated,
        SignedText signed,
        @Nullable Place digest) {
    private static final int MOST = 20;

    /**
     * @param encoding of the secret
     * @param prefix   that is not part of it; may be empty
     */
    public record Secret(Encoding encoding, String prefix) {}

    /**
     * @param place     of the time; null: it is the part of the signature's text that begins with {@code part}
     * @param tolerance zero: any time will do
     */
    public record Dated(@Nullable Place place, String part, Duration tolerance) {}

    /** The header that the signature stands in, or null. */
    public @Nullable String header() {
        return from.header();
    }

    /** All that it reads: of one that is given twice another line than the signed one may be what the receiver reads. */
    private Stream<String> headers() {
        Stream<String> places = Stream.of(from, digest, dated == null ? null : dated.place())
                .filter(Objects::nonNull)
                .flatMap(Place::headers);
        return Stream.concat(places, signed.headers());
    }

    public String type() {
        if (algorithm == Algorithm.PLAIN) {
            return SignatureForm.FIELD;
        }
        return algorithm.isHmac() ? SignatureForm.HMAC : SignatureForm.SIGNATURE;
    }

    /** Whether checking takes so long that an event loop must not do it. */
    public boolean isSlow() {
        return !algorithm.isHmac();
    }

    /** What keeps a text from being a secret; or null. Does not show it. */
    public @Nullable String problem(String secret) {
        try {
            read(secret);
            return null;
        } catch (IllegalArgumentException notAKey) {
            return notAKey.getMessage();
        }
    }

    /** @throws IllegalArgumentException if one of them is none that this takes, see {@link #problem} */
    public Keys keys(List<String> secrets) {
        return new Keys(secrets, secrets.stream().map(this::read).toList());
    }

    private Key read(String secret) {
        String text = secret.startsWith(key.prefix) ? secret.substring(key.prefix.length()) : secret;
        return algorithm.key(text, key.encoding);
    }

    /** What is said of a request that brings none. */
    public String missing() {
        return "%s is missing (expected: the signature)".formatted(place());
    }

    /**
     * Which part of it is wrong, and what was expected; null if it holds.
     *
     * @param body as it came
     * @param keys of those that are in force
     */
    public @Nullable String refusal(Knock knock, Buffer body, Keys keys) {
        Letter letter = knock.letter(body);
        Optional<String> twice = headers()
                .filter(name -> knock.headers().getAll(name).size() > 1)
                .findFirst();
        if (twice.isPresent()) {
            return "%s: given twice (expected: once)".formatted(twice.get());
        }
        String text = from.in(letter);
        if (text == null || text.isEmpty()) {
            return missing();
        }
        List<String> parts = separator == null ? List.of(text) : split(text, separator);
        List<byte[]> signatures = signatures(parts);
        if (signatures.isEmpty()) {
            return "%s has no signature in it (expected: %s%s)"
                    .formatted(
                            place(), prefix.isEmpty() ? "" : prefix + " and ", "the signature as " + encoding.text());
        }
        String time = dated == null ? "" : time(letter, parts);
        String late = dated == null ? null : late(time, knock.now());
        if (late != null) {
            return late;
        }
        String uncovered = uncovered(letter, body);
        return uncovered != null
                ? uncovered
                : verified(new SignedText.Told(knock, letter, body, time), signatures, keys);
    }

    /** What is more than can be is passed over. */
    private static List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        for (int from = 0; from <= text.length() && parts.size() < MOST; ) {
            int end = text.indexOf(separator, from);
            int to = end < 0 ? text.length() : end;
            parts.add(text.substring(from, to));
            from = to + separator.length();
        }
        return parts;
    }

    private List<byte[]> signatures(List<String> parts) {
        List<byte[]> signatures = new ArrayList<>();
        for (String part : parts) {
            String candidate = part.strip();
            if (candidate.startsWith(prefix)) {
                try {
                    signatures.add(encoding.decode(candidate.substring(prefix.length())));
                } catch (IllegalArgumentException isAnother) {
                    // of another scheme, perhaps, which begins alike
                }
            }
        }
        return signatures;
    }

    private String time(Letter letter, List<String> parts) {
        if (dated != null && dated.place() != null) {
            String time = dated.place().in(letter);
            return time == null ? "" : time;
        }
        String begin = dated == null ? "" : dated.part();
        return parts.stream()
                .map(String::strip)
                .filter(part -> part.startsWith(begin))
                .map(part -> part.substring(begin.length()))
                .findFirst()
                .orElse("");
    }

    private @Nullable String late(String time, Instant now) {
        if (dated == null || dated.tolerance().isZero()) {
            return null;
        }
        Instant at = Moment.read(time);
        if (at == null) {
            return "the timestamp: %s (expected: the time of the signature)"
                    .formatted(time.isEmpty() ? "missing" : "not a time");
        }
        long seconds = Duration.between(at, now).abs().toSeconds();
        boolean isLate = seconds > dated.tolerance().toSeconds();
        return isLate
                ? "the timestamp: %d s from now (expected: within %d s; the clocks of both sides count)"
                        .formatted(seconds, dated.tolerance().toSeconds())
                : null;
    }

    /** A signature that is not of the body lets anybody change that. */
    private @Nullable String uncovered(Letter letter, Buffer body) {
        String said = digest == null ? null : digest.in(letter);
        if (digest != null && said != null) {
            byte[] expected = SignedText.sha256(body).getBytes(StandardCharsets.UTF_8);
            boolean matches = MessageDigest.isEqual(expected, said.getBytes(StandardCharsets.UTF_8));
            return matches ? null : "%s: not of this body".formatted(digest.text());
        }
        if (!signed.isOfForms() || body.length() == 0) {
            return null;
        }
        String unsigned = letter.isForm()
                ? SignedText.unsigned(letter)
                : "not signed (expected: a form, or its SHA-256 beside the signature)";
        return unsigned == null ? null : "the body: " + unsigned;
    }

    private @Nullable String verified(SignedText.Told told, List<byte[]> signatures, Keys keys) {
        List<byte[]> parts = signed.of(told);
        boolean mayBeProof = algorithm == Algorithm.SHA256 && Challenge.isOne(parts);
        if (mayBeProof && told.knock().isProved().getAsBoolean()) {
            return "%s: of a text that could be a challenge, whose HMAC anybody is told (expected: of another one)"
                    .formatted(place());
        }
        boolean holds = false;
        for (Key each : keys.keys()) {
            holds |= algorithm.verifies(each, parts, signatures);
        }
        if (!holds && algorithm == Algorithm.PLAIN) {
            return "%s is not the secret of this source".formatted(place());
        }
        return holds ? null : "%s does not match: it is not %s".formatted(place(), wanted());
    }

    /** The name of a header alone, as it is what people look for. */
    private String place() {
        String header = from.header();
        return header == null ? from.text() : header;
    }

    private String wanted() {
        String what = signed.text().equals("{body}") ? "this body" : signed.text();
        return algorithm.isHmac()
                ? "the HMAC-%s of %s with the secret of this source"
                        .formatted(algorithm.text().toUpperCase(Locale.ROOT).replace("SHA", "SHA-"), what)
                : "a signature (%s) of %s by the key of this source".formatted(algorithm.text(), what);
    }
}
