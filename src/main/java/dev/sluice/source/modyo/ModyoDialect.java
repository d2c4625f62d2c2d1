package dev.sluice.source.modyo;

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
import dev.sluice.source.privacy.Act;
import dev.sluice.source.privacy.Path;
import dev.sluice.source.privacy.Plan;
import dev.sluice.source.privacy.Privacy;
import dev.sluice.source.privacy.Privacy.NestedUsers;
import dev.sluice.source.privacy.Redacted;
import dev.sluice.source.privacy.Sensitive;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Modyo. A record is {@code full} (what an administrator or the system did) or {@code compact} (what a user of a site
 * did); the same trigger may come as either. Extensions: {@code account}, {@code site}, {@code space}, {@code realm} (their
 * numbers; absent where the record has none), {@code spaceuid}, {@code realmuid}, {@code entity} (such as
 * {@code Content::Entry}), {@code model} (the content type's uid), {@code entryid}, {@code dialectversion} (the shape).
 *
 * <p>Addresses and browsers ({@link Sensitive#REQUEST_DATA}) are kept unless a source says otherwise: they are part of the
 * audit log that these webhooks are.
 */
public final class ModyoDialect implements Dialect {
    private static final DialectRefusal REFUSAL = new DialectRefusal("Modyo");
    private static final List<Path> REQUEST_DATA =
            List.of(Path.of("request_ip"), Path.of("request_user_agent"), Path.of("ip"), Path.of("ua"));
    private static final Set<String> WANTED = Set.of(
            "trigger_uid",
            "e_c",
            "e_a",
            "created_at",
            "account_id",
            "site_id",
            "idsite",
            "space_id",
            "realm_id",
            "realm_uid",
            "uid",
            "submission_uuid",
            "trigger_entity",
            "trigger_entity_id",
            "trigger_content_uuid",
            "trigger_entry_space_uid");

    @Override
    public String name() {
        return "modyo";
    }

    @Override
    public SourceRules defaultRules() {
        return SourceRules.of(
                new Privacy(Set.of(), Privacy.PASSWORD_FIELDS, Map.of(), NestedUsers.KEEP, List.of(), Set.of()));
    }

    @Override
    public Reading read(Arrival arrival, SourceRules rules) {
        JsonText text = JsonText.of(arrival.body());
        Envelope log = text.read(parser -> Envelope.read(parser, WANTED, REFUSAL, (name, at) -> at.skipChildren()));
        Attributes attributes = describe(arrival, log);
        String model = attributes.get("model");
        if (model != null && rules.privacy().excludedModels().contains(model)) {
            return Reading.Dropped.excludedModel(attributes);
        }
        Plan plan = Plan.of(rules.privacy()).entries(model == null ? Set.of() : Set.of(model), Path.ROOT);
        REQUEST_DATA.forEach(path -> plan.sensitive(Sensitive.REQUEST_DATA, path, Act.EMPTY));
        Redacted redacted = plan.apply(text, arrival.body());
        return new Reading.Kept(attributes, redacted);
    }

    private static Attributes describe(Arrival arrival, Envelope log) {
        boolean isFull = log.string("trigger_uid") != null;
        Attributes.Builder attributes = Attributes.builder()
                .set(Attributes.TYPE, isFull ? log.event("trigger_uid", "entry_created_log") : compactName(log))
                .set(Attributes.SOURCE, arrival.source())
                .set(Attributes.TIME, Times.inUtc(log.string("created_at"), arrival.receivedAt()));
        Plain.set(attributes, "account", log.text("account_id"));
        Plain.set(attributes, "site", first(log.text("site_id"), log.text("idsite")));
        Plain.set(attributes, "space", log.text("space_id"));
        Plain.set(attributes, "spaceuid", log.text("trigger_entry_space_uid"));
        Plain.set(attributes, "realm", log.text("realm_id"));
        Plain.set(attributes, "realmuid", log.text("realm_uid"));
        Plain.set(attributes, "entity", log.text("trigger_entity"));
        Plain.set(attributes, "model", log.text("trigger_content_uuid"));
        Plain.set(attributes, "dialectversion", isFull ? "full" : "compact");
        String submission = log.text("submission_uuid");
        String entity = log.text("trigger_entity_id");
        Plain.set(attributes, "entryid", first(entity, submission));
        if (entity != null) {
            Plain.setEntity(attributes, log.text("trigger_entity"), entity);
        } else {
            Plain.setEntity(attributes, submission == null ? "user" : "submission", first(submission, log.text("uid")));
        }
        return attributes.build();
    }

    private static String compactName(Envelope log) {
        String category = log.string("e_c");
        String action = log.string("e_a");
        boolean isNamed = category != null && action != null && Plain.isPlain(category) && Plain.isPlain(action);
        if (!isNamed) {
            throw REFUSAL.at(
                    "/trigger_uid",
                    "trigger_uid: %s (expected: the name of a log, such as entry_created_log; or its halves e_c and e_a)"
                            .formatted(log.has("trigger_uid") ? "not a name" : "missing"));
        }
        return category + "_" + action;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
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
        return ModyoParts.envelope(parts, now, REFUSAL);
    }

    @Override
    public Set<Sensitive> sensitive() {
        return Set.of(Sensitive.REQUEST_DATA);
    }

    @Override
    public boolean isHighRate(String type) {
        return false;
    }
}
