package dev.sluice.source.recipe;

import dev.sluice.http.Field;
import dev.sluice.source.place.Letter;
import dev.sluice.source.place.Place;
import dev.sluice.source.place.PlaceText;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that is no event: the producer asks whether the URL is the right one, and wants an answer of its own.
 *
 * @param when   what must stand at places of it: a text, {@code *} for any, {@code {secret}}, or "" for nothing
 * @param signed whether it must be let in as an event is; else it is answered to anybody, by its head
 */
public record Handshake(String method, Map<Place, String> when, boolean signed, Answer answer) {
    private static final Set<String> METHODS = Set.of("POST", "GET", "HEAD", "OPTIONS");
    private static final String ANYTHING = "*";
    private static final String SECRET = "{secret}";
    private static final int MOST = 5;
    private static final int MOST_CONDITIONS = 5;

    static List<Handshake> read(Field field) {
        return field.elements(0, MOST).stream().map(Handshake::one).toList();
    }

    private static Handshake one(Field field) {
        field.expectOnly(Set.of("method", "when", "signed", "answer"));
        String said = field.member("method").text(16);
        String method = said == null ? "POST" : said;
        if (!METHODS.contains(method)) {
            field.member("method").refuse("%s (expected: one of GET, HEAD, OPTIONS, POST)", method);
        }
        Map<Place, String> when = when(field.member("when"));
        Boolean signed = field.member("signed").truth();
        boolean isSigned = signed == null ? method.equals("POST") : signed;
        Answer read = Answer.read(field.member("answer"));
        Answer answer = read == null ? new Answer(200, "text/plain", Map.of(), new AnswerText("")) : read;
        Handshake handshake = new Handshake(method, when, isSigned, answer);
        if (method.equals("POST") && when.isEmpty()) {
            field.member("when").refuse("missing (expected: how it differs from an event)");
        }
        if (isSigned != method.equals("POST") && isSigned) {
            field.member("signed").refuse("true, for %s, which has no body to sign (expected: false)", method);
        }
        if (!isSigned && !handshake.isOfHead()) {
            field.refuse("looks into the body (expected: headers and the query alone, where anybody is answered)");
        }
        return handshake;
    }

    private static Map<Place, String> when(Field field) {
        Map<Place, String> when = new LinkedHashMap<>();
        if (field.isAbsent()) {
            return when;
        }
        if (!(field.value() instanceof JsonObject object) || object.size() > MOST_CONDITIONS) {
            field.refuse("not an object of at most %d places", MOST_CONDITIONS);
            return when;
        }
        for (String text : object.fieldNames()) {
            Field value = field.member(text);
            try {
                when.put(PlaceText.parse(text), String.valueOf(object.getValue(text)));
            } catch (IllegalArgumentException notAPlace) {
                value.refuse("not a place (expected: %s)", PlaceText.EXPECTED);
            }
        }
        return when;
    }

    private boolean isOfHead() {
        return answer.isOfHead() && when.keySet().stream().noneMatch(Place::isOfBody);
    }

    /** Whether this request is one, as far as its head tells, or all of it. */
    boolean isMet(Letter letter, List<String> secrets) {
        return when.entrySet().stream()
                .allMatch(condition -> holds(condition.getKey().in(letter), condition.getValue(), secrets));
    }

    private static boolean holds(@Nullable String given, String wanted, List<String> secrets) {
        if (given == null || wanted.isEmpty()) {
            return given == null && wanted.isEmpty();
        }
        if (wanted.equals(SECRET)) {
            byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
            boolean isKnown = false;
            for (String secret : secrets) {
                isKnown |= MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), bytes);
            }
            return isKnown;
        }
        return wanted.equals(ANYTHING) || wanted.equals(given);
    }

    JsonObject write() {
        JsonObject conditions = new JsonObject();
        when.forEach((place, value) -> conditions.put(place.text(), value));
        return new JsonObject()
                .put("method", method)
                .put("when", conditions)
                .put("signed", signed)
                .put("answer", answer.write());
    }
}
