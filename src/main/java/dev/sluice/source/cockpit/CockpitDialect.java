package dev.sluice.source.cockpit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.http.AsciiJson;
import dev.sluice.http.JsonText;
import dev.sluice.source.dialect.Arrival;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.dialect.DialectRefusal;
import dev.sluice.source.dialect.Envelope;
import dev.sluice.source.dialect.Parts;
import dev.sluice.source.dialect.Plain;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.dialect.SourceRules;
import dev.sluice.source.privacy.Path;
import dev.sluice.source.privacy.Plan;
import dev.sluice.source.privacy.Privacy;
import dev.sluice.source.privacy.Privacy.NestedUsers;
import dev.sluice.source.privacy.Redacted;
import dev.sluice.source.privacy.Sensitive;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cockpit 1 and Maya, which is Cockpit under another name. Extensions: {@code model} (the collection, form, singleton or
 * page), {@code entryid}, {@code isnew} ({@code true} for an entry or account that is created, {@code false} for a change),
 * {@code backend} ({@code 1}: admin or API, {@code 0}: command line).
 *
 * <p>Any name of an event is taken: {@code collections.save.after.posts} is one. The time is that of the arrival: a
 * body has none but the entry's own.
 */
public final class CockpitDialect implements Dialect {
    private static final Set<String> LOOPS = Set.of("cockpit.webhook", "maya.webhook");
    private static final Set<String> WANTED = Set.of("event", "hook", "backend", "args");
    private static final Path FIRST = Path.of("args.#0");
    private static final Path SECOND = Path.of("args.#1");
    private static final Set<Sensitive> SECRETS = EnumSet.of(
            Sensitive.TOKENS,
            Sensitive.SERVER_PATHS,
            Sensitive.STORAGE_KEYS,
            Sensitive.ACCOUNT_EMAILS,
            Sensitive.VISITOR_DATA);

    private final String name;
    private final DialectRefusal refusal;

    public CockpitDialect(String name, String product) {
        this.name = name;
        this.refusal = new DialectRefusal(product);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SourceRules defaultRules() {
        return SourceRules.of(
                new Privacy(Set.of(), Privacy.PASSWORD_FIELDS, Map.of(), NestedUsers.KEEP, List.of(), SECRETS));
    }

    @Override
    public Reading read(Arrival arrival, SourceRules rules) {
        JsonText text = JsonText.of(arrival.body());
        CockpitArgument[] arguments = {CockpitArgument.NONE, CockpitArgument.NONE, CockpitArgument.NONE};
        Envelope envelope = text.read(
                parser -> Envelope.read(parser, WANTED, refusal, (member, at) -> read(member, at, arguments)));
        String type = eventName(envelope);
        CockpitEvent event = new CockpitEvent(type, arguments[0], arguments[1], arguments[2]);
        Attributes.Builder attributes = Attributes.builder()
                .set(Attributes.TYPE, type)
                .set(Attributes.SOURCE, arrival.source())
                .set(Attributes.TIME, arrival.receivedAt());
        event.describe(attributes);
        Plain.set(attributes, "backend", envelope.scalar("backend"));
        String model = event.model();
        if (model != null && rules.privacy().excludedModels().contains(model)) {
            return Reading.Dropped.excludedModel(attributes.build());
        }
        Plan plan = Plan.of(rules.privacy())
                .entries(model == null ? Set.of() : Set.of(model), event.hasEntrySecond() ? SECOND : FIRST);
        Redacted redacted = CockpitSecrets.addTo(plan, type).apply(text, arrival.body());
        return new Reading.Kept(attributes.build(), redacted);
    }

    private static void read(String member, JsonParser parser, CockpitArgument[] arguments) throws IOException {
        if (!member.equals("args") || parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i < arguments.length) {
                arguments[i] = CockpitArgument.read(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private String eventName(Envelope envelope) {
        String event = envelope.event("event", "collections.save.after");
        if (!envelope.isArray("args")) {
            throw refusal.at(
                    "/args",
                    "args: %s (expected: event, hook, backend, and args as an array, which may be empty)"
                            .formatted(envelope.has("args") ? "not an array" : "missing"));
        }
        if (LOOPS.contains(event)) {
            throw DialectRefusal.loop(event);
        }
        return event;
    }

    @Override
    public boolean hasBodyPerWebhook() {
        return true;
    }

    @Override
    public Buffer body(Event event, String webhookName, SourceRules rules) {
        return rules.keepHook() ? event.data() : CockpitHook.rename(event.data(), webhookName);
    }

    @Override
    public Buffer envelope(JsonObject given, Instant now) {
        Parts parts = new Parts(given, refusal);
        String event = parts.event("event");
        parts.requireArray("args");
        if (parts.has("backend") && !Set.of(0, 1, true, false).contains(parts.get("backend"))) {
            parts.refuse("backend", "neither 0 nor 1");
        }
        parts.put("event", event);
        parts.put("hook", parts.has("hook") ? parts.get("hook") : "");
        parts.put("backend", parts.has("backend") ? parts.get("backend") : 1);
        parts.put("args", parts.has("args") ? parts.get("args") : new JsonArray());
        parts.copyOthers(Set.of());
        JsonObject built = parts.build();
        if (LOOPS.contains(event)) {
            throw DialectRefusal.loop(event);
        }
        return Buffer.buffer(AsciiJson.escape(built.encode()));
    }

    @Override
    public Set<Sensitive> sensitive() {
        return SECRETS;
    }

    @Override
    public boolean isHighRate(String type) {
        return CockpitRates.isHigh(type);
    }
}
