package dev.sluice.source.dialect;

import dev.sluice.http.Field;
import dev.sluice.source.place.Place;
import dev.sluice.source.place.PlaceText;
import dev.sluice.source.privacy.Privacy;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a source's requests are read.
 *
 * @param keepHook Cockpit, Maya: a delivery's {@code hook} stays the name that the CMS sent, and does not become the
 *                 webhook's
 * @param places   generic: where each attribute is found, by its name; {@code type} is always among them
 */
public record SourceRules(Privacy privacy, boolean keepHook, Map<String, Place> places) {
    public static final String TYPE = "type";

    public SourceRules {
        if (!places.containsKey(TYPE)) {
            throw new IllegalArgumentException("attributes: none for type (expected: a place for it)");
        }
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /** With nothing but these privacy rules. */
    public static SourceRules of(Privacy privacy) {
        return new SourceRules(privacy, false, Map.of(TYPE, PlaceText.parse("/type")));
    }

    /** All that the places lead along. */
    public List<Place.Pointed> pointers() {
        return places.values().stream().flatMap(Place::pointers).toList();
    }

    /**
     * Reads {@code rules} of a source; what is wrong is noted in the field.
     *
     * @param otherwise for members that are absent
     */
    public static SourceRules read(Field form, SourceRules otherwise) {
        SourceRules rules = SourceRulesForm.read(form, otherwise);
        IdleRules.refuse(form, rules);
        return rules;
    }

    /** As {@link #read}, and refuses what is not for this dialect. */
    public static SourceRules read(Field form, Dialect dialect) {
        SourceRules rules = read(form, dialect.defaultRules());
        IdleRules.refuse(form, rules, dialect);
        return rules;
    }

    /** As it was stored: what can do nothing was perhaps taken once, and still does nothing. */
    public static SourceRules readStored(Field form, SourceRules otherwise) {
        return SourceRulesForm.read(form, otherwise);
    }

    /** As {@link #read} reads it; every member is there. */
    public JsonObject write() {
        return SourceRulesForm.write(this);
    }
}
