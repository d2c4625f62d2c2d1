package dev.sluice.admin.cms;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A webhook of a CMS as it is to be made here.
 *
 * @param settings as {@code POST /v1/webhooks} takes them, but for the source
 * @param notes    what is not as it was there
 */
public record Imported(JsonObject settings, List<String> notes) {
    public Imported {
        notes = List.copyOf(notes);
    }
}
