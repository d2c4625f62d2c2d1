package dev.sluice.admin.cms;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as a client of Strapi's admin API sends it: every member but {@code isEnabled} is there.
 *
 * @param headers in the order given
 * @param enabled null where nothing is said
 */
public record StrapiBody(
        String name,
        String url,
        Map<String, String> headers,
        List<String> events,
        @Nullable Boolean enabled) {
    public StrapiBody {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        events = List.copyOf(events);
    }

    /**
     * A new one, which is enabled whatever anybody says: {@code isEnabled} is refused.
     *
     * @throws dev.sluice.http.ProblemException 400 with Strapi's message for each wrong member
     */
    public static StrapiBody ofCreate(JsonObject json) {
        return read(new StrapiFields(json), false);
    }

    /**
     * The whole of one; {@code id} may be sent back as it was read.
     *
     * @throws dev.sluice.http.ProblemException as {@link #ofCreate}
     */
    public static StrapiBody ofUpdate(JsonObject json, String id) {
        StrapiFields fields = new StrapiFields(json);
        fields.expectSame("id", id);
        return read(fields, true);
    }

    private static StrapiBody read(StrapiFields fields, boolean maySwitch) {
        String name = fields.text("name");
        String url = fields.url("url");
        JsonObject headers = fields.object("headers");
        JsonArray events = fields.array("events");
        Boolean enabled = maySwitch ? fields.truth("isEnabled") : null;
        Map<String, String> values = new LinkedHashMap<>();
        headers.forEach(header -> values.put(header.getKey(), fields.scalar("headers", header)));
        List<String> names = fields.texts("events", events);
        fields.check();
        return new StrapiBody(name, url, values, names, enabled);
    }
}
