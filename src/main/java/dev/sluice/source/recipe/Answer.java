package dev.sluice.source.recipe;

import dev.sluice.http.Field;
import dev.sluice.source.place.Letter;
import dev.sluice.source.place.PlaceText;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a producer wants to be answered. Immutable. */
public record Answer(int status, String contentType, Map<String, AnswerText> headers, AnswerText body) {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int MAX_BODY = 4096;
    private static final int MAX_HEADERS = 10;
    private static final int OK = 200;

    /** Null where nothing is said. */
    static @Nullable Answer read(Field field) {
        if (field.isAbsent()) {
            return null;
        }
        field.expectOnly(Set.of("status", "contentType", "headers", "body"));
        Long status = field.member("status").whole(OK, 299);
        String type = field.member("contentType").text(128);
        if (type != null && (type.indexOf('/') < 1 || !isPrintable(type))) {
            field.member("contentType").refuse("not a media type");
        }
        AnswerText body = text(field.member("body"));
        return new Answer(
                status == null ? OK : status.intValue(),
                type == null ? TEXT : type,
                headers(field.member("headers")),
                body);
    }

    private static Map<String, AnswerText> headers(Field field) {
        Map<String, AnswerText> headers = new LinkedHashMap<>();
        if (field.isAbsent()) {
            return headers;
        }
        if (!(field.value() instanceof JsonObject object) || object.size() > MAX_HEADERS) {
            field.refuse("not an object of at most %d headers", MAX_HEADERS);
            return headers;
        }
        for (String name : object.fieldNames()) {
            if (PlaceText.isToken(name)) {
                headers.put(name, text(field.member(name)));
            } else {
                field.member(name).refuse("not a header name");
            }
        }
        return headers;
    }

    private static AnswerText text(Field field) {
        String text = field.verbatim(MAX_BODY);
        try {
            return new AnswerText(text == null ? "" : text);
        } catch (IllegalArgumentException notATemplate) {
            field.refuse("%s (expected: %s)", String.valueOf(notATemplate.getMessage()), AnswerText.EXPECTED);
            return new AnswerText("");
        }
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    private Stream<AnswerText> texts() {
        return Stream.concat(headers.values().stream(), Stream.of(body));
    }

    /** Whether it tells who asks the HMAC of what he says. */
    boolean isProof() {
        return texts().anyMatch(AnswerText::isProof);
    }

    /** @throws dev.sluice.http.ProblemException 400 where an HMAC is wanted of what is no challenge */
    void requireChallenges(Letter letter) {
        texts().forEach(text -> text.requireChallenges(letter));
    }

    boolean isOfHead() {
        return texts().allMatch(AnswerText::isOfHead);
    }

    JsonObject write() {
        JsonObject json = new JsonObject().put("status", status).put("contentType", contentType);
        if (!headers.isEmpty()) {
            JsonObject lines = new JsonObject();
            headers.forEach((name, text) -> lines.put(name, text.text()));
            json.put("headers", lines);
        }
        return json.put("body", body.text());
    }

    /** What the sender says in it is text, whatever a browser would like to see in it. */
    public void send(HttpServerResponse response, Letter letter, List<String> secrets) {
        if (response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader("x-content-type-options", "nosniff");
        headers.forEach((name, text) -> {
            String value = text.of(letter, secrets, "");
            if (isPrintable(value)) {
                response.putHeader(name, value);
            }
        });
        String text = body.of(letter, secrets, contentType);
        if (text.isEmpty()) {
            response.end();
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, contentType).end(text);
        }
    }
}
