package dev.sluice.admin.cms;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of Cockpit 1 or Maya: {@code name}, {@code url}, {@code auth} with {@code user} and {@code pass},
 * {@code headers} as a list of {@code k} and {@code v}, {@code events}, {@code active}. It is read as Cockpit itself reads
 * it when it calls: a header without a name or value is none, and neither is half an {@code auth}.
 */
public final class CockpitRecord {
    private static final Set<String> LOOPS = Set.of("cockpit.webhook", "maya.webhook");

    private final JsonObject record;
    private final List<String> notes = new ArrayList<>();

    private CockpitRecord(JsonObject record) {
        this.record = record;
    }

    /**
     * @param isHighRate whether an event comes with every request
     * @throws dev.sluice.http.ProblemException 400 {@code invalid-record}
     */
    public static Imported read(JsonObject record, Predicate<String> isHighRate) {
        return new CockpitRecord(record).read(isHighRate);
    }

    private Imported read(Predicate<String> isHighRate) {
        JsonArray headers = headers();
        JsonObject settings = new JsonObject()
                .put("name", ImportedField.of(record, "name").text())
                .put("url", ImportedField.of(record, "url").text())
                .put("eventTypes", events(isHighRate))
                .put("headers", headers)
                .put("enabled", ImportedField.of(record, "active").truth());
        JsonObject auth = auth();
        if (auth != null && hasAuthorization(headers)) {
            notes.add("auth: left out, as the header Authorization went before it");
        } else if (auth != null) {
            settings.put("auth", auth);
        }
        return new Imported(settings, notes);
    }

    private JsonArray events(Predicate<String> isHighRate) {
        List<String> events = new ArrayList<>();
        for (String event : ImportedField.of(record, "events").events()) {
            if (LOOPS.contains(event)) {
                notes.add("%s: left out, as it fires for each call of a webhook, without end".formatted(event));
                continue;
            }
            if (isHighRate.test(event)) {
                notes.add("%s: may come with every request or page".formatted(event));
            }
            events.add(event);
        }
        return EventNames.patterns(events);
    }

    private JsonArray headers() {
        JsonArray headers = new JsonArray();
        ImportedField field = ImportedField.of(record, "headers");
        for (Object element : field.list()) {
            JsonObject row = new ImportedField("headers", element).object();
            String name = filled(row.getValue("k"));
            String value = filled(row.getValue("v"));
            if (name == null || value == null) {
                continue;
            }
            if (name.equalsIgnoreCase(StrapiWebhooks.CONTENT_TYPE)) {
                notes.add("%s: left out, as deliveries are JSON".formatted(name));
                continue;
            }
            headers.add(new JsonObject().put("name", name).put("value", value).put("secret", true));
        }
        return headers;
    }

    private @Nullable JsonObject auth() {
        JsonObject auth = ImportedField.of(record, "auth").object();
        String user = filled(auth.getValue("user"));
        String password = filled(auth.getValue("pass"));
        return user == null || password == null
                ? null
                : new JsonObject().put("type", "basic").put("username", user).put("password", password);
    }

    /** As PHP sees it: a text "0" is nothing either. */
    private static @Nullable String filled(@Nullable Object value) {
        String text = Boolean.FALSE.equals(value) ? null : ImportedField.scalar(value);
        return text == null || text.isEmpty() || text.equals("0") ? null : text;
    }

    private static boolean hasAuthorization(JsonArray headers) {
        return headers.stream()
                .anyMatch(header ->
                        header instanceof JsonObject one && "authorization".equalsIgnoreCase(one.getString("name")));
    }
}
