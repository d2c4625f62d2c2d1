package dev.sluice.admin.cms;

import dev.sluice.admin.web.JsonMembers;
import dev.sluice.admin.web.Warnings;
import dev.sluice.http.PlainText;
import dev.sluice.http.ProblemException;
import dev.sluice.source.Source;
import dev.sluice.subscription.Reach;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.form.WebhookForms;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One list of records on its way to webhooks: first all are read, then those that are right are saved. Use once. */
final class WebhookImport {
    private final WebhookForms forms;
    private final String tenant;
    private final Source source;
    private final Set<Identity> taken = new HashSet<>();
    private final List<Made> made = new ArrayList<>();
    private final JsonArray skipped = new JsonArray();

    /** What makes two records of a source the same webhook. */
    private record Identity(String name, URI url) {
        static Identity of(Webhook webhook) {
            return new Identity(webhook.name(), webhook.target().url());
        }
    }

    private record Made(int index, Webhook webhook, List<String> notes) {}

    /** @param known the webhooks that the source has */
    WebhookImport(WebhookForms forms, String tenant, Source source, List<Webhook> known) {
        this.forms = forms;
        this.tenant = tenant;
        this.source = source;
        known.forEach(webhook -> taken.add(Identity.of(webhook)));
    }

    WebhookImport read(JsonArray records) {
        for (int i = 0; i < records.size(); i++) {
            Object record = records.getValue(i);
            try {
                PlainText.requireUnicode(record);
                read(i, record);
            } catch (ProblemException refused) {
                skip(i, nameOf(record), refused.problem().detail());
            }
        }
        return this;
    }

    private void read(int index, @Nullable Object record) {
        if (!(record instanceof JsonObject object)) {
            skip(index, null, "not an object");
            return;
        }
        Imported imported = source.dialect().name().equals("strapi")
                ? StrapiRecord.read(object)
                : CockpitRecord.read(object, source.dialect()::isHighRate);
        Webhook webhook = forms.create(tenant, imported.settings().put("source", source.name()));
        if (taken.add(Identity.of(webhook))) {
            made.add(new Made(index, webhook, imported.notes()));
        } else {
            skip(index, webhook.name(), "a webhook of this name and url is there already");
        }
    }

    /** One after the other; an outage leaves those before it saved, and the list may be sent again. */
    Future<WebhookImport> save(Registry registry) {
        Future<Void> last = Future.succeededFuture();
        for (Made one : List.copyOf(made)) {
            last = last.compose(saved -> save(registry, one));
        }
        return last.map(this);
    }

    private Future<Void> save(Registry registry, Made one) {
        return registry.save(one.webhook()).<Void>mapEmpty().recover(failure -> {
            if (!(failure instanceof ProblemException refused)) {
                return Future.failedFuture(failure);
            }
            made.remove(one);
            skip(one.index(), one.webhook().name(), refused.problem().detail());
            return Future.succeededFuture();
        });
    }

    JsonObject view(boolean isDry, Reach reach) {
        JsonArray created = new JsonArray();
        for (Made one : made) {
            JsonObject view = new JsonObject()
                    .put("index", one.index())
                    .put("name", one.webhook().name());
            if (!isDry) {
                view.put("id", one.webhook().id());
            }
            Warnings.put(view, reach, one.webhook());
            created.add(one.notes().isEmpty() ? view : view.put("notes", new JsonArray(one.notes())));
        }
        return new JsonObject().put("dryRun", isDry).put("created", created).put("skipped", skipped);
    }

    private void skip(int index, @Nullable String name, String reason) {
        JsonObject view = new JsonObject().put("index", index);
        JsonMembers.putIfPresent(view, "name", name);
        skipped.add(view.put("reason", reason));
    }

    private static @Nullable String nameOf(@Nullable Object record) {
        return record instanceof JsonObject object && object.getValue("name") instanceof String name
                ? PlainText.escaped(name)
                : null;
    }
}
