package dev.sluice.admin.cms;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A webhook as Strapi's admin API shows it, or a row of the table {@code strapi_webhooks}: {@code id}, {@code name},
 * {@code url}, {@code headers}, {@code events}, {@code isEnabled} or {@code enabled}. Other members are passed over.
 */
public final class StrapiRecord {
    private StrapiRecord() {}

    /**
     * Events need not be in the catalogue: what a plugin of that Strapi fires is subscribed to as well.
     *
     * @throws dev.sluice.http.ProblemException 400 {@code invalid-record}
     */
    public static Imported read(JsonObject record) {
        List<String> notes = new ArrayList<>();
        String flag = record.containsKey("isEnabled") ? "isEnabled" : "enabled";
        JsonObject settings = StrapiWebhooks.settings(
                ImportedField.of(record, "name").text(),
                ImportedField.of(record, "url").text(),
                headers(ImportedField.of(record, "headers"), notes),
                ImportedField.of(record, "events").events());
        settings.put("enabled", ImportedField.of(record, flag).truth());
        return new Imported(settings, notes);
    }

    private static Map<String, String> headers(ImportedField field, List<String> notes) {
        Map<String, String> headers = new LinkedHashMap<>();
        field.object().forEach(header -> {
            String value = ImportedField.scalar(header.getValue());
            if (value == null) {
                throw field.wrong("%s is not a string".formatted(header.getKey()));
            }
            if (header.getKey().equalsIgnoreCase(StrapiWebhooks.CONTENT_TYPE)) {
                notes.add("%s: left out, as deliveries are JSON".formatted(header.getKey()));
            }
            headers.put(header.getKey(), value);
        });
        return headers;
    }
}
