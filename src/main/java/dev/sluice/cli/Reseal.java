package dev.sluice.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Saves what has secrets as it is, so that they are sealed with the present key. Each gets another version by it. */
final class Reseal {
    private Reseal() {}

    /** How many there were. */
    static int of(Api api, @Nullable String tenant) {
        int count = 0;
        for (Kind kind : Kind.values()) {
            List<JsonObject> all = api.list(kind, tenant).stream()
                    .filter(one -> !one.containsKey("unreadable") && !"config".equals(one.getString("origin")))
                    .toList();
            all.forEach(one -> api.save(
                    kind, one.getString(kind == Kind.WEBHOOK ? "id" : "name"), tenant, one.getLong("version")));
            count += all.size();
        }
        return count;
    }
}
