package dev.sluice.source.catalog;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads a catalogue of the jar; what is wrong with it is a fault of the build, and thrown. */
final class CatalogReader {
    private final Map<String, Map<?, ?>> groups = new LinkedHashMap<>();
    private final Map<?, ?> root;

    private CatalogReader(Map<?, ?> root) {
        this.root = root;
        for (Object group : (List<?>) member(root, "groups")) {
            groups.put(text((Map<?, ?>) group, "name"), (Map<?, ?>) group);
        }
    }

    static Catalog read(String yaml) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return new CatalogReader((Map<?, ?>) Objects.requireNonNull(loaded)).catalog();
    }

    private Catalog catalog() {
        List<Kind> kinds = new ArrayList<>();
        for (Object event : (List<?>) member(root, "events")) {
            kinds.add(kind((Map<?, ?>) event));
        }
        Object test = root.get("test");
        return new Catalog(text(root, "dialect"), kinds, test == null ? new JsonObject() : json(test));
    }

    private Kind kind(Map<?, ?> event) {
        String type = text(event, "name");
        String group = text(event, "group");
        Map<?, ?> shared = groups.get(group);
        if (shared == null) {
            throw new IllegalArgumentException("%s: group %s (expected: one of the groups)".formatted(type, group));
        }
        return new Kind(
                type,
                group,
                label(member(shared, "label")),
                label(member(event, "label")),
                optional(event, "tooltip"),
                Boolean.TRUE.equals(event.get("seed")),
                Boolean.TRUE.equals(event.get("highRate")),
                event.containsKey("warning") ? optional(event, "warning") : optional(shared, "warning"),
                sample(type, event, shared));
    }

    private static Map<String, String> label(Object label) {
        if (label instanceof String text) {
            return Map.of("en", text);
        }
        Map<String, String> labels = new LinkedHashMap<>();
        ((Map<?, ?>) label).forEach((language, text) -> labels.put((String) language, (String) text));
        return labels;
    }

    /** Its own, else its group's, else the catalogue's, with the name put in. */
    private JsonObject sample(String type, Map<?, ?> event, Map<?, ?> group) {
        Object own = event.get("sample");
        if (own != null) {
            return json(own);
        }
        Object shared = group.containsKey("sample") ? group.get("sample") : root.get("sample");
        if (shared == null) {
            throw new IllegalArgumentException(type + ": sample missing (expected: its own, or one for all)");
        }
        String words = type.replace('_', ' ');
        String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        JsonObject sample = json(shared);
        sample.getMap()
                .replaceAll((name, value) -> "{name}".equals(value) ? type : "{title}".equals(value) ? title : value);
        return sample;
    }

    @SuppressWarnings("unchecked")
    private static JsonObject json(Object map) {
        return new JsonObject(new LinkedHashMap<>((Map<String, Object>) map));
    }

    private static Object member(Map<?, ?> map, String name) {
        return Objects.requireNonNull(map.get(name), () -> name + ": missing in " + map);
    }

    private static String text(Map<?, ?> map, String name) {
        return (String) member(map, name);
    }

    private static @Nullable String optional(Map<?, ?> map, String name) {
        return (String) map.get(name);
    }
}
