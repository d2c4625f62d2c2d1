package dev.sluice.subscription.form;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a newer version stored beside what this one knows. */
public final class Newer {
    private Newer() {}

    /**
     * Adds the members of the former stored form that are unknown here, so that a record which is changed by this version
     * keeps them.
     *
     * @param known the members that this version may write, also those that it leaves out now
     */
    public static JsonObject keep(JsonObject written, @Nullable String former, Set<String> known) {
        if (former != null) {
            new JsonObject(former).forEach(member -> {
                if (!known.contains(member.getKey())) {
                    written.put(member.getKey(), member.getValue());
                }
            });
        }
        return written;
    }
}
