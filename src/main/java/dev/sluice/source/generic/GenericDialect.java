package dev.sluice.source.generic;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.http.JsonText;
import dev.sluice.source.dialect.Arrival;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.dialect.DialectRefusal;
import dev.sluice.source.dialect.Place;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any system that posts JSON: the source's rules say where the attributes of an event are, in its body or its headers. Only
 * {@code type} must be there. With an {@code id}, a repeated request is the same event.
 */
public final class GenericDialect implements Dialect {
    private static final DialectRefusal REFUSAL = new DialectRefusal("generic");

    @Override
    public String name() {
        return "generic";
    }

    @Override
    public SourceRules defaultRules() {
        return SourceRules.of(
                new Privacy(Set.of(), Privacy.PASSWORD_FIELDS, Map.of(), NestedUsers.KEEP, List.of(), Set.of()));
    }

    @Override
    public Reading read(Arrival arrival, SourceRules rules) {
        JsonText text = JsonText.of(arrival.body());
        Attributes attributes = describe(arrival, find(text, arrival, rules.places()), rules.places());
        String model = attributes.get("model");
        if (model != null && rules.privacy().excludedModels().contains(model)) {
            return Reading.Dropped.excludedModel(attributes);
        }
        Redacted redacted = Plan.of(rules.privacy())
                .entries(model == null ? Set.of() : Set.of(model), Path.ROOT)
                .apply(text, arrival.body());
        return new Reading.Kept(attributes, redacted);
    }

    /** What was found, by the name of the attribute. */
    private static Map<String, String> find(JsonText text, Arrival arrival, Map<String, Place> places) {
        PlaceSearch search = new PlaceSearch(places);
        text.read(search::over);
        Map<String, String> found = new LinkedHashMap<>();
        places.forEach((name, place) -> {
            String value = place.header() == null
                    ? search.found(name)
                    : arrival.headers().get(place.header());
            if (value != null) {
                found.put(name, value);
            }
        });
        return found;
    }

    private static Attributes describe(Arrival arrival, Map<String, String> found, Map<String, Place> places) {
        String type = found.get(SourceRules.TYPE);
        if (type == null || !Plain.isPlain(type)) {
            throw refused(places.get(SourceRules.TYPE), type);
        }
        Attributes.Builder attributes = Attributes.builder()
                .set(Attributes.TYPE, type)
                .set(Attributes.SOURCE, arrival.source())
                .set(Attributes.TIME, Times.inUtc(found.get(Attributes.TIME), arrival.receivedAt()));
        found.forEach((name, value) -> {
            if (!name.equals(Attributes.TYPE) && !name.equals(Attributes.TIME)) {
                Plain.set(attributes, name, value);
            }
        });
        return attributes.build();
    }

    private static RuntimeException refused(@Nullable Place place, @Nullable String type) {
        String where = place == null ? "" : place.text();
        boolean isInBody = place != null && place.header() == null;
        return REFUSAL.at(
                isInBody ? where : "",
                "type: %s (expected: the name of the event at %s, as this source's rules say)"
                        .formatted(type == null ? "missing" : "control characters, or empty, or too long", where));
    }

    @Override
    public boolean hasBodyPerWebhook() {
        return false;
    }

    @Override
    public Buffer body(Event event, String webhookName, SourceRules rules) {
        return event.data();
    }

    /** The parts are the body: nobody says how else it should look. */
    @Override
    public Buffer envelope(JsonObject parts, Instant now) {
        return parts.toBuffer();
    }

    @Override
    public boolean isHighRate(String type) {
        return false;
    }
}
