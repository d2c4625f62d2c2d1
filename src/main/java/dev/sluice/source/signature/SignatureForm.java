package dev.sluice.source.signature;

import dev.sluice.http.Field;
import dev.sluice.source.place.Place;
import dev.sluice.source.place.PlaceText;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a {@link Signature} is written: the members of an {@code auth} of type {@code hmac} or {@code signature}. */
public final class SignatureForm {
    public static final String HMAC = "hmac";
    public static final String SIGNATURE = "signature";
    /** The secret itself, at a place of the request. */
    public static final String FIELD = "field";

    public static final Set<String> MEMBERS = Set.of(
            "algorithm",
            "secretEncoding",
            "secretPrefix",
            "from",
            "separator",
            "prefix",
            "encoding",
            "timestamp",
            "tolerance",
            "signed",
            "digest");

    private static final String PART = "part:";
    private static final Duration USUAL = Duration.ofMinutes(5);
    private static final Duration MOST = Duration.ofDays(7);
    private static final int MAX_AFFIX = 64;
    private static final int MAX_SIGNED = 1024;
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(s|m|h)");

    private SignatureForm() {}

    /**
     * Null, with what is wrong noted in the field, for what is none.
     *
     * @param type {@link #HMAC}, {@link #SIGNATURE} or {@link #FIELD}
     */
    public static @Nullable Signature read(Field field, String type) {
        return type.equals(FIELD) ? plain(field) : read(field, type.equals(HMAC));
    }

    private static @Nullable Signature plain(Field field) {
        field.member("from").expectPresent();
        Place from = field.member("from").isAbsent() ? null : PlaceText.read(field.member("from"));
        Signature.Secret key = new Signature.Secret(Encoding.UTF8, "");
        return from == null
                ? null
                : new Signature(
                        Algorithm.PLAIN, key, from, null, "", Encoding.UTF8, null, new SignedText("{method}"), null);
    }

    private static @Nullable Signature read(Field field, boolean isHmac) {
        Algorithm algorithm = algorithm(field.member("algorithm"), isHmac);
        Encoding secretEncoding = field.member("secretEncoding").oneOf(Encoding.values(), Encoding::text);
        field.member("from").expectPresent();
        Place from = field.member("from").isAbsent() ? null : PlaceText.read(field.member("from"));
        Encoding encoding = field.member("encoding").oneOf(Encoding.values(), Encoding::text);
        SignedText signed = signed(field.member("signed"));
        Field digest = field.member("digest");
        Place digestPlace = digest.isAbsent() ? null : PlaceText.read(digest);
        Signature.Dated dated = dated(field);
        String separator = affix(field.member("separator"));
        if (algorithm == null || from == null || signed == null) {
            return null;
        }
        refuseUnsigned(field, signed, dated, digestPlace);
        Encoding usual = isHmac ? Encoding.UTF8 : Encoding.BASE64;
        return new Signature(
                algorithm,
                new Signature.Secret(
                        secretEncoding == null ? usual : secretEncoding, orEmpty(affix(field.member("secretPrefix")))),
                from,
                separator,
                orEmpty(affix(field.member("prefix"))),
                encoding == null ? Encoding.HEX : encoding,
                dated,
                signed,
                digestPlace);
    }

    /** Anybody could change what is not signed, and so it would keep nobody out. */
    private static void refuseUnsigned(
            Field field, SignedText signed, Signature.@Nullable Dated dated, @Nullable Place digest) {
        Place time = dated == null ? null : dated.place();
        boolean isTimeSigned = dated == null || signed.coversTime() || (time != null && signed.covers(time));
        if (!isTimeSigned) {
            field.member("timestamp").refuse("not signed (expected: {timestamp} in signed, or no timestamp)");
        }
        if (digest != null && !signed.covers(digest)) {
            field.member("digest").refuse("not signed (expected: its place in signed, or {url} for one in the query)");
        }
    }

    private static @Nullable Algorithm algorithm(Field field, boolean isHmac) {
        Algorithm algorithm = field.oneOf(Algorithm.values(), Algorithm::text);
        if (field.isAbsent() && isHmac) {
            return Algorithm.SHA256;
        }
        field.expectPresent();
        if (algorithm != null && (algorithm.isHmac() != isHmac || algorithm == Algorithm.PLAIN)) {
            field.refuse(
                    "%s (expected: one of %s)",
                    algorithm.text(),
                    isHmac ? "sha1, sha256, sha384, sha512" : "ed25519, ecdsa-sha256, rsa-sha256, rsa-sha1");
            return null;
        }
        return algorithm;
    }

    private static @Nullable SignedText signed(Field field) {
        String text = field.isAbsent() ? "{body}" : field.verbatim(MAX_SIGNED);
        try {
            return text == null ? null : new SignedText(text);
        } catch (IllegalArgumentException notATemplate) {
            field.refuse("%s (expected: %s)", String.valueOf(notATemplate.getMessage()), SignedText.EXPECTED);
            return null;
        }
    }

    private static Signature.@Nullable Dated dated(Field field) {
        Field timestamp = field.member("timestamp");
        Field tolerance = field.member("tolerance");
        if (timestamp.isAbsent()) {
            if (!tolerance.isAbsent()) {
                tolerance.refuse("given without a timestamp (expected: the place of one, or none)");
            }
            return null;
        }
        Duration span = tolerance(tolerance);
        if (timestamp.value() instanceof String text && text.startsWith(PART)) {
            return new Signature.Dated(null, text.substring(PART.length()), span);
        }
        Place place = PlaceText.read(timestamp);
        return place == null ? null : new Signature.Dated(place, "", span);
    }

    private static Duration tolerance(Field field) {
        if (field.isAbsent()) {
            return USUAL;
        }
        Matcher given = DURATION.matcher(field.value() instanceof String text ? text : field.value() + "s");
        if (given.matches()) {
            long count = Long.parseLong(given.group(1));
            Duration span = switch (given.group(2)) {
                case "h" -> Duration.ofHours(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofSeconds(count);
            };
            if (span.compareTo(MOST) <= 0) {
                return span;
            }
        }
        field.refuse("not a span of time (expected: a number and s, m or h, as 5m, at most seven days; 0s for any)");
        return USUAL;
    }

    private static @Nullable String affix(Field field) {
        String text = field.verbatim(MAX_AFFIX);
        return text == null || text.isEmpty() ? null : text;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** As {@link #read} reads it; members without a value are absent. */
    public static JsonObject write(Signature signature) {
        if (signature.algorithm() == Algorithm.PLAIN) {
            return new JsonObject().put("from", PlaceText.write(signature.from()));
        }
        JsonObject json = new JsonObject()
                .put("algorithm", signature.algorithm().text())
                .put("secretEncoding", signature.key().encoding().text());
        put(json, "secretPrefix", signature.key().prefix());
        json.put("from", PlaceText.write(signature.from()));
        put(json, "separator", orEmpty(signature.separator()));
        put(json, "prefix", signature.prefix());
        json.put("encoding", signature.encoding().text())
                .put("signed", signature.signed().text());
        Signature.Dated dated = signature.dated();
        if (dated != null) {
            Place place = dated.place();
            json.put("timestamp", place == null ? PART + dated.part() : PlaceText.write(place));
            json.put("tolerance", dated.tolerance().toSeconds() + "s");
        }
        if (signature.digest() != null) {
            json.put("digest", PlaceText.write(signature.digest()));
        }
        return json;
    }

    private static void put(JsonObject json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }
}
