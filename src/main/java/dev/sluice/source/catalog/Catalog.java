package dev.sluice.source.catalog;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The events of one dialect.
 *
 * @param test the body of a test that is of no event, or an empty object where there is none
 */
public record Catalog(String dialect, List<Kind> kinds, JsonObject test) {
    public Catalog {
        kinds = List.copyOf(kinds);
    }

    /** Of several groups that have a kind of this name, the first one's. */
    public Optional<Kind> find(String type) {
        return kinds.stream().filter(kind -> kind.type().equals(type)).findFirst();
    }
}
