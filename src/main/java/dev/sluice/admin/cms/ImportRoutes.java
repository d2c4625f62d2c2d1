package dev.sluice.admin.cms;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.http.JsonText;
import dev.sluice.http.Problem;
import dev.sluice.source.Source;
import dev.sluice.source.Sources;
import dev.sluice.subscription.Reach;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.form.WebhookForms;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * {@code /v1/webhooks/import}: makes webhooks of a source from those that its CMS had. Each record stands for itself: what
 * is right is made, what is not is told with its reason. What is there already, by name and URL, is passed over, so a list
 * may be sent again. Needs the role manage.
 */
public final class ImportRoutes implements Routes {
    private static final Set<String> DIALECTS = Set.of("strapi", "cockpit", "maya");
    private static final int MAX_RECORDS = 1000;

    private final Registry registry;
    private final Sources sources;
    private final WebhookForms forms;
    private final Reach reach;

    public ImportRoutes(Registry registry, Sources sources, WebhookForms forms, Reach reach) {
        this.registry = registry;
        this.sources = sources;
        this.forms = forms;
        this.reach = reach;
    }

    @Override
    public void on(Mount mount) {
        mount.post("/v1/webhooks/import", Role.MANAGE, this::run, "tenant", "source", "dryRun");
    }

    private Future<Reply> run(Call call) {
        Source source = source(call);
        boolean isDry = isDry(call);
        JsonArray records = records(call.jsonText());
        SourceWebhooks place = new SourceWebhooks(registry, call.tenant(source.tenant()), source.name());
        return place.all()
                .map(known -> new WebhookImport(forms, place.tenant(), source, known).read(records))
                .compose(imported -> isDry ? Future.succeededFuture(imported) : imported.save(registry))
                .map(imported -> Reply.ok(imported.view(isDry, reach)));
    }

    private Source source(Call call) {
        String name = call.query("source").orElse("");
        Source source = sources.find(name);
        boolean isOthers = source != null && source.tenant() != null && !call.maySee(source.tenant());
        if (source == null || isOthers || !DIALECTS.contains(source.dialect().name())) {
            throw Call.badQuery("source: %s (expected: the name of a source of the dialect strapi, cockpit or maya)"
                    .formatted(name.isEmpty() ? "missing" : name));
        }
        return source;
    }

    private static boolean isDry(Call call) {
        String text = call.query("dryRun").orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw Call.badQuery("dryRun: %s (expected: true or false)".formatted(text));
        }
        return text.equals("true");
    }

    /** A list, or what {@code GET /admin/webhooks} of a Strapi answers: one in {@code data}. */
    private static JsonArray records(Buffer body) {
        JsonText.of(body).check();
        Object json = Json.decodeValue(body);
        Object list = json instanceof JsonObject object ? object.getValue("data") : json;
        if (list instanceof JsonArray records && records.size() <= MAX_RECORDS) {
            return records;
        }
        String found = list instanceof JsonArray records ? records.size() + " records" : "not a list";
        throw Problem.of(
                        400,
                        "invalid-import",
                        "The import is not valid",
                        "the body: %s (expected: a JSON array of at most %d records)".formatted(found, MAX_RECORDS))
                .asException();
    }
}
