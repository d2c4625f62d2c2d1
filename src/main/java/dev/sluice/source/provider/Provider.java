package dev.sluice.source.provider;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A system that sends webhooks.
 *
 * @param documentation where its maker says how
 * @param setup         what to do in its own screens, for a person
 * @param secret        what its secret is, for a person; null: it has none
 * @param members       of a source of it
 * @param sample        a request of it
 */
public record Provider(
        String name,
        String title,
        List<String> documentation,
        String setup,
        @Nullable String secret,
        JsonObject members,
        JsonObject sample) {
    public Provider {
        documentation = List.copyOf(documentation);
        members = members.copy();
        sample = sample.copy();
    }

    /** As it is listed. */
    public JsonObject view() {
        JsonObject view = new JsonObject()
                .put("name", name)
                .put("title", title)
                .put("documentation", documentation)
                .put("setup", setup);
        if (secret != null) {
            view.put("secret", secret);
        }
        return view.put("source", members.copy()).put("sample", sample.copy());
    }
}
