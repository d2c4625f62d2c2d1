package dev.sluice.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
     * @param origin the file, for people
     */
    record Item(Kind kind, String name, @Nullable String id, JsonObject body, String origin) {
        /** Null where the file does not say. */
        @Nullable
        String tenant() {
            return body.getString(TENANT);
        }

        @Override
        public String toString() {
            return "%s \"%s\"".formatted(kind, name);
        }
    }

    List<Item> of(Kind kind) {
        return items.stream().filter(item -> item.kind() == kind).toList();
    }

    /** Those that the webhooks name, and the one for those that name none. */
    Set<String> tenants(String otherwise) {
        return of(Kind.WEBHOOK).stream()
                .map(item -> item.tenant() == null ? otherwise : String.valueOf(item.tenant()))
                .collect(Collectors.toCollection(() -> new TreeSet<>(Set.of(otherwise))));
    }
}
