package dev.sluice.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, for a person and a program: RFC 9457 {@code application/problem+json}.
 *
 * @param type       the last segment of the problem's type, a stable name such as {@code invalid-event}
 * @param detail     what was wrong here, and what was expected
 * @param errors     the wrong members, each with a JSON pointer into the request's body; may be empty
 * @param retryAfter seconds for {@code Retry-After}, or null where trying again does not help
 */
public record Problem(
        int status,
        String type,
        String title,
        String detail,
        List<FieldError> errors,
        @Nullable Integer retryAfter) {
    public static final String CONTENT_TYPE = "application/problem+json";

    /**
     * @param pointer RFC 6901 pointer to the wrong member, {@code ""} for the whole body
     * @param detail  what was wrong and what was expected
     */
    public record FieldError(String pointer, String detail) {}

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(int status, String type, String title, String detail) {
        return new Problem(status, type, title, detail, List.of(), null);
    }

    public Problem withErrors(List<FieldError> errors) {
        return new Problem(status, type, title, detail, errors, retryAfter);
    }

    public Problem withRetryAfter(int seconds) {
        return new Problem(status, type, title, detail, errors, seconds);
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("type", "urn:sluice:problem:" + type)
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        if (!errors.isEmpty()) {
            JsonArray list = new JsonArray();
            errors.forEach(error ->
                    list.add(new JsonObject().put("pointer", error.pointer()).put("detail", error.detail())));
            json.put("errors", list);
        }
        return json;
    }

    /** As something to throw up to the edge; carries no stack trace. */
    public ProblemException asException() {
        return new ProblemException(this);
    }
}
