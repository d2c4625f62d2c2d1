package dev.sluice.source.generic;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.http.JsonText;
import dev.sluice.http.ProblemException;
import dev.sluice.source.dialect.Arrival;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.dialect.DialectRefusal;
import dev.sluice.source.dialect.Plain;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.dialect.SourceRules;
import dev.sluice.source.dialect.Times;
import dev.sluice.source.place.Letter;
import dev.sluice.source.place.Moment;
import dev.sluice.source.place.Place;
import dev.sluice.source.privacy.Path;
import dev.sluice.source.privacy.Plan;
import dev.sluice.source.privacy.Privacy;
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
 * Any other system: the source's rules say where the attributes of an event are. Only {@code type} must be there. With an
 * {@code id}, a repeated request is the same event. The body is whatever the system sends; rules of privacy look into JSON
 * alone, whatever it calls itself.
 */
public final class GenericDialect implements Dialect {
    private static final DialectRefusal REFUSAL = new DialectRefusal(Event.GENERIC);

    @Override
    public String name() {
        return Event.GENERIC;
    }

    @Override
    public boolean isGeneric() {
        return true;
    }

    /** Nothing is taken out until somebody asks for it: the receiver may check the producer's own signature. */
    @Override
    public SourceRules defaultRules() {
        return SourceRules.of(Privacy.NONE);
    }

    @Override
    public Reading read(Arrival arrival, SourceRules rules) {
        Letter letter = arrival.letter(rules.pointers());
        ContentType said = ContentType.of(arrival.headers());
        boolean isEmpty = arrival.event().length() == 0;
        ProblemException problem = isEmpty || letter.isForm() ? null : letter.problem();
        if (problem != null && said.isJson()) {
            throw problem;
        }
        boolean mayBeJson = !isEmpty && !letter.isForm() && problem == null;
        Attributes attributes = said.addTo(
                describe(arrival, find(letter, rules.places()), rules.places(), said.isMissing() ? problem : null));

        String model = attributes.get("model");
        if (model != null && rules.privacy().excludedModels().contains(model)) {
            return Reading.Dropped.excludedModel(attributes);
        }
        if (!mayBeJson) {
            return new Reading.Kept(attributes, new Redacted(arrival.event(), List.of(), Set.of(), Set.of()), false);
        }
        Redacted redacted = Plan.of(rules.privacy())
                .entries(model == null ? Set.of() : Set.of(model), Path.ROOT)
                .apply(JsonText.of(arrival.event()), arrival.event());
        return new Reading.Kept(attributes, redacted, said.isMissing() || said.isJson());
    }

    /** What was found, by the name of the attribute. */
    private static Map<String, String> find(Letter letter, Map<String, Place> places) {
        Map<String, String> found = new LinkedHashMap<>();
        places.forEach((name, place) -> {
            String value = place.in(letter);
            if (value != null) {
                found.put(name, value);
            }
        });
        return found;
    }

    /** @param problem with the body that may be why there is no type, or null */
    private static Attributes describe(
            Arrival arrival, Map<String, String> found, Map<String, Place> places, @Nullable ProblemException problem) {
        String type = found.get(SourceRules.TYPE);
        if (type == null && problem != null) {
            throw problem;
        }
        if (type == null || !Plain.isPlain(type)) {
            throw refused(places.get(SourceRules.TYPE), type);
        }
        Attributes.Builder attributes = Attributes.builder()
                .set(Attributes.TYPE, type)
                .set(Attributes.SOURCE, arrival.source())
                .set(Attributes.TIME, time(found.get(Attributes.TIME), arrival.receivedAt()));
        found.forEach((name, value) -> {
            boolean isSet = name.equals(Attributes.TYPE) || name.equals(Attributes.TIME);
            if (!isSet && isAttribute(name, value)) {
                attributes.set(name, value);
            }
        });
        return attributes.build();
    }

    /** What cannot be one is left out: the body has it, or the header. */
    public static boolean isAttribute(String name, String value) {
        return name.equals(Attributes.ID) ? Plain.isPlain(value) : Plain.isPlain(value, Plain.MAX_VALUE);
    }

    private static String time(@Nullable String found, String receivedAt) {
        Instant time = found == null ? null : Moment.read(found);
        return time == null ? receivedAt : Times.text(time);
    }

    private static RuntimeException refused(@Nullable Place place, @Nullable String type) {
        String where = place == null ? "" : place.text();
        return REFUSAL.at(
                place instanceof Place.Pointed && where.startsWith("/") ? where : "",
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
