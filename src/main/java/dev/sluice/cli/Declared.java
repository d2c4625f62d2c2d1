package dev.sluice.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the files want.
 *
 * @param kinds that are spoken of, though there may be none: what is pruned is of these
 * @param prune what is in no file is to be deleted
 */
record Declared(Set<Kind> kinds, List<Item> items, boolean prune) {
    private static final String TENANT = "tenant";

    /**
     * @param id     of a webhook that shares its name with others; null: the name is enough
     * @param filled what references in it stood for
     * @param origin the file, for people
     */
    record Item(Kind kind, String name, @Nullable String id, JsonObject body, Filled filled, String origin) {
        /** Null where the file does not say. */
        @Nullable
        String tenant() {
            return body.getString(TENANT);
        }

        @Nullable
        String tenant(@Nullable String otherwise) {
            return tenant() == null ? otherwise : tenant();
        }

        @Override
        public String toString() {
            return "%s \"%s\"".formatted(kind, name);
        }
    }

    /** All that is wanted, wherever it stands: the same text for the same wishes. */
    String text() {
        JsonArray all = new JsonArray();
        items.forEach(item -> all.add(new JsonArray()
                .add(item.kind().list())
                .add(item.name())
                .add(item.id())
                .add(item.body())));
        return kinds + " " + prune + " " + all.encode();
    }

    List<Item> of(Kind kind) {
        return items.stream().filter(item -> item.kind() == kind).toList();
    }

    /**
     * Those that the items of a kind name, and the one for items that name none; for an empty list that one alone, since
     * somebody who says that there shall be none says it of what is his. What is of no such tenant is none of the files'
     * business.
     *
     * @param otherwise null: of all
     */
    Set<@Nullable String> tenants(Kind kind, @Nullable String otherwise) {
        Set<@Nullable String> tenants = new LinkedHashSet<>();
        of(kind).forEach(item -> tenants.add(item.tenant(otherwise)));
        if (tenants.isEmpty()) {
            tenants.add(otherwise);
        }
        return tenants;
    }
}
