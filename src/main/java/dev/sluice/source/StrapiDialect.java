package dev.sluice.source;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.http.JsonText;
import dev.sluice.http.Problem;
import dev.sluice.http.Problem.FieldError;
import dev.sluice.http.ProblemException;
import dev.sluice.source.privacy.Privacy;
import dev.sluice.source.privacy.Privacy.NestedUsers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Strapi 3, 4 and 5. Extensions: {@code model} (the content type's short name), {@code uid} (its full one, from
 * version 4 on), {@code entryid} (the entry's or the file's identity).
 */
final class StrapiDialect implements Dialect {
    static final String EVENT_HEADER = "X-Strapi-Event";
    private static final int MAX_LENGTH = 1024;
    /** The content types whose entries are users, by their short names and by those of each version. */
    private static final Set<String> USERS =
            Set.of("user", "plugins::users-permissions.user", "plugin::users-permissions.user", "admin::user");

    @Override
    public String name() {
        return "strapi";
    }

    @Override
    public Map<String, String> headers(Event event) {
        return Map.of(EVENT_HEADER, event.type());
    }

    @Override
    public SourceRules defaultRules() {
        return SourceRules.of(
                new Privacy(USERS, Privacy.PASSWORD_FIELDS, Map.of(), NestedUsers.STRIP_TO_ID, List.of(), Set.of()));
    }

    @Override
    public boolean hasBodyPerWebhook() {
        return false;
    }

    @Override
    public Buffer body(Event event, String webhookName, SourceRules rules) {
        return event.data();
    }

    @Override
    public Buffer envelope(JsonObject parts, Instant now) {
        return parts.toBuffer();
    }

    @Override
    public boolean isHighRate(String type) {
        return false;
    }

    @Override
    public Reading read(Arrival arrival, SourceRules rules) {
        return new Reading.Kept(describe(arrival), arrival.body(), List.of());
    }

    private static Attributes describe(Arrival arrival) {
        StrapiEnvelope envelope = JsonText.of(arrival.body()).read(StrapiEnvelope::read);
        String event = eventName(envelope.event, arrival.headers().get(EVENT_HEADER));
        Attributes.Builder attributes = Attributes.builder()
                .set(Attributes.TYPE, event)
                .set(Attributes.SOURCE, arrival.source())
                .set(Attributes.TIME, Times.inUtc(envelope.time, arrival.receivedAt()));
        setIfPlain(attributes, "model", envelope.model);
        setIfPlain(attributes, "uid", envelope.uid);
        setIfPlain(attributes, "entryid", envelope.documentId != null ? envelope.documentId : envelope.id);
        return attributes.build();
    }

    private static String eventName(@Nullable String inBody, @Nullable String inHeader) {
        if (inBody == null || !isPlain(inBody)) {
            throw invalid(
                    "event: %s (expected: a JSON object with the name of the event, such as entry.create, as string)"
                            .formatted(inBody == null ? "missing" : "control characters, or empty, or too long"));
        }
        if (inHeader != null && !inHeader.equals(inBody)) {
            throw invalid("event: %s (expected: the value of %s, %s)".formatted(inBody, EVENT_HEADER, inHeader));
        }
        return inBody;
    }

    private static void setIfPlain(Attributes.Builder attributes, String name, @Nullable String value) {
        if (value != null && isPlain(value)) {
            attributes.set(name, value);
        }
    }

    private static boolean isPlain(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && value.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    private static ProblemException invalid(String detail) {
        return Problem.of(400, "invalid-event", "Not a Strapi webhook", detail)
                .withErrors(List.of(new FieldError("/event", detail)))
                .asException();
    }
}
