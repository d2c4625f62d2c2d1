package dev.sluice.source.strapi;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.http.JsonText;
import dev.sluice.source.dialect.Arrival;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.dialect.DialectRefusal;
import dev.sluice.source.dialect.Envelope;
import dev.sluice.source.dialect.Plain;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.dialect.SourceRules;
import dev.sluice.source.dialect.Times;
import dev.sluice.source.privacy.Path;
import dev.sluice.source.privacy.Plan;
import dev.sluice.source.privacy.Privacy;
import dev.sluice.source.privacy.Privacy.NestedUsers;
import dev.sluice.source.privacy.Redacted;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Strapi 3, 4 and 5. Extensions: {@code model} (the content type's short name), {@code uid} (its full one, where the body
 * has it), {@code entryid} (the identity of the entry, file or release), {@code locale}, {@code dialectversion}.
 *
 * <p>The entry may be an object, an array (version 3, bulk delete), null, the string {@code "null"} or missing; it may be
 * called {@code entity} (review workflows), {@code media} or {@code release}. Further members are passed over.
 */
public final class StrapiDialect implements Dialect {
    static final String EVENT_HEADER = "X-Strapi-Event";

    /** The content types whose entries are users, by their short names and by those of each version. */
    private static final Set<String> USERS =
            Set.of("user", "plugins::users-permissions.user", "plugin::users-permissions.user", "admin::user");

    private static final DialectRefusal REFUSAL = new DialectRefusal("Strapi");
    private static final Set<String> ENTRIES = Set.of("entry", "entity", "media", "release");
    private static final Path[] ENTRY_PATHS =
            ENTRIES.stream().sorted().map(Path::of).toArray(Path[]::new);
    private static final Set<String> WANTED = Set.of(
            "event", "created_at", "createdAt", "model", "uid", "entry", "entity", "media", "release", "hook", "args");

    @Override
    public String name() {
        return "strapi";
    }

    @Override
    public SourceRules defaultRules() {
        return SourceRules.of(
                new Privacy(USERS, Privacy.PASSWORD_FIELDS, Map.of(), NestedUsers.STRIP_TO_ID, List.of(), Set.of()));
    }

    @Override
    public Map<String, String> headers(Event event) {
        return Map.of(EVENT_HEADER, event.type());
    }

    @Override
    public Reading read(Arrival arrival, SourceRules rules) {
        JsonText text = JsonText.of(arrival.body());
        StrapiEntry entry = new StrapiEntry();
        Envelope envelope = text.read(parser -> Envelope.read(parser, WANTED, REFUSAL, (name, at) -> {
            if (ENTRIES.contains(name)) {
                entry.read(at);
            } else {
                at.skipChildren();
            }
        }));
        Attributes attributes = describe(arrival, envelope, entry);
        Set<String> models = new HashSet<>();
        addIfPresent(models, envelope.text("model"));
        addIfPresent(models, envelope.text("uid"));
        if (models.stream().anyMatch(rules.privacy().excludedModels()::contains)) {
            return Reading.Dropped.excludedModel(attributes);
        }
        addIfPresent(models, envelope.has("media") ? "media" : null);
        Redacted redacted =
                Plan.of(rules.privacy()).entries(models, ENTRY_PATHS).apply(text, arrival.body());
        return new Reading.Kept(attributes, redacted);
    }

    private static void addIfPresent(Set<String> models, @Nullable String model) {
        if (model != null) {
            models.add(model);
        }
    }

    private static Attributes describe(Arrival arrival, Envelope envelope, StrapiEntry entry) {
        String event = eventName(envelope, arrival.headers().get(EVENT_HEADER));
        String v3Time = envelope.string("created_at");
        String time = v3Time == null ? envelope.string("createdAt") : v3Time;
        Attributes.Builder attributes = Attributes.builder()
                .set(Attributes.TYPE, event)
                .set(Attributes.SOURCE, arrival.source())
                .set(Attributes.TIME, Times.inUtc(time, arrival.receivedAt()));
        String model = envelope.text("model");
        Plain.set(attributes, "model", model);
        Plain.set(attributes, "uid", envelope.text("uid"));
        Plain.set(attributes, "entryid", entry.identity());
        Plain.set(attributes, "locale", entry.locale);
        Plain.set(attributes, "dialectversion", version(arrival, envelope, entry));
        Plain.setEntity(attributes, kind(envelope, model), entry.identity());
        return attributes.build();
    }

    /** What the identity is the identity of. */
    private static @Nullable String kind(Envelope envelope, @Nullable String model) {
        if (model != null) {
            return model;
        }
        return envelope.has("media") ? "media" : envelope.has("release") ? "release" : null;
    }

    private static String eventName(Envelope envelope, @Nullable String inHeader) {
        boolean isOfCockpit = envelope.has("hook") && envelope.isArray("args") && !hasTime(envelope);
        if (isOfCockpit) {
            throw REFUSAL.at(
                    "", "the body: hook and args, as Cockpit and Maya send (expected: event, created_at, entry)");
        }
        String inBody = envelope.event("event", "entry.create");
        if (inHeader != null && !inHeader.equals(inBody)) {
            throw REFUSAL.at(
                    "/event", "event: %s (expected: the value of %s, %s)".formatted(inBody, EVENT_HEADER, inHeader));
        }
        return inBody;
    }

    private static boolean hasTime(Envelope envelope) {
        return envelope.has("created_at") || envelope.has("createdAt");
    }

    /** Null where the body leaves it open and the sender does not tell by its User-Agent. */
    private static @Nullable String version(Arrival arrival, Envelope envelope, StrapiEntry entry) {
        if (envelope.has("created_at")) {
            return "v3";
        }
        if (!envelope.has("createdAt")) {
            return null;
        }
        if (entry.documentId != null) {
            return "v5";
        }
        if (entry.isObject() && entry.id != null && !envelope.has("release")) {
            return "v4";
        }
        String agent = arrival.headers().get("user-agent");
        if (agent == null) {
            return null;
        }
        return agent.equals("node") ? "v5" : agent.startsWith("node-fetch/") ? "v4" : null;
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
        return StrapiParts.envelope(parts, now, REFUSAL);
    }

    @Override
    public boolean isHighRate(String type) {
        return false;
    }
}
