package dev.sluice.source.provider;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A system that sends webhooks.
 *
 * @param group         what kind of system it is, in a word; null: of none
 * @param documentation where its maker says how
 * @param setup         what to do in its own screens, for a person
 * @param secret        what its secret is, for a person; null: it has none
 * @param ownSecret     its user thinks of the secret; else the system shows one
 * @param translations  of the title, the setup and what the secret is, by the language; may be empty
 * @param members       of a source of it
 * @param sample        a request of it
 */
public record Provider(
        String name,
        String title,
        @Nullable String group,
        List<String> documentation,
        String setup,
        @Nullable String secret,
        boolean ownSecret,
        JsonObject translations,
        JsonObject members,
        JsonObject sample) {
    public Provider {
        documentation = List.copyOf(documentation);
        translations = translations.copy();
        members = members.copy();
        sample = sample.copy();
    }

    /** As it is listed. */
    public JsonObject view() {
        JsonObject view = new JsonObject().put("name", name).put("title", title);
        if (group != null) {
            view.put("group", group);
        }
        view.put("documentation", documentation).put("setup", setup);
        if (secret != null) {
            view.put("secret", secret).put("ownSecret", ownSecret);
        }
        if (!translations.isEmpty()) {
            view.put("translations", translations.copy());
        }
        return view.put("source", members.copy()).put("sample", sample.copy());
    }
}
