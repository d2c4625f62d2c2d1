package dev.sluice.source.catalog;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of event.
 *
 * @param groupLabel what its group is called, by language
 * @param label    by language; the others in {@code en} where a language is missing
 * @param seed     whether the system's own documents list it
 * @param highRate whether it may come with every request or every page
 * @param warning  what to know before one subscribes to it, or null
 * @param sample   the body of such an event, its content made up
 */
public record Kind(
        String type,
        String group,
        Map<String, String> groupLabel,
        Map<String, String> label,
        @Nullable String tooltip,
        boolean seed,
        boolean highRate,
        @Nullable String warning,
        JsonObject sample) {
    public Kind {
        groupLabel = Map.copyOf(groupLabel);
        label = Map.copyOf(label);
    }
}
