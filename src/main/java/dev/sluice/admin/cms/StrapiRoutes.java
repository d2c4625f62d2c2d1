package dev.sluice.admin.cms;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.admin.web.WebhookProblem;
import dev.sluice.admin.webhook.Samples;
import dev.sluice.delivery.send.TestSender;
import dev.sluice.http.Problem;
import dev.sluice.source.Source;
import dev.sluice.source.Sources;
import dev.sluice.source.catalog.Catalogs;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.form.WebhookForms;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /admin/webhooks}: the admin API of Strapi 4 and 5 over the webhooks of one source, in its shapes and with its
 * errors. The source is the one named {@code strapi}, or as {@code ?source=} says. Reading needs the role read, the rest
 * manage. Confined to one event loop.
 */
public final class StrapiRoutes implements Routes {
    static final String ALL = "/admin/webhooks";
    private static final String ONE = ALL + "/:id";
    private static final String DIALECT = "strapi";
    private static final int MAX_IDS = 1000;

    private final Registry registry;
    private final Sources sources;
    private final WebhookForms forms;
    private final Samples samples;
    private final Supplier<TestSender> senders;
    private final StrapiWebhooks webhooks;
    private @Nullable TestSender sender;

    /** @param senders of the event loop that serves the request; asked once */
    public StrapiRoutes(
            Registry registry,
            Sources sources,
            WebhookForms forms,
            Catalogs catalogs,
            Samples samples,
            Supplier<TestSender> senders) {
        this.registry = registry;
        this.sources = sources;
        this.forms = forms;
        this.samples = samples;
        this.senders = senders;
        this.webhooks = new StrapiWebhooks(catalogs.of(DIALECT).orElseThrow());
    }

    @Override
    public void on(Mount mount) {
        mount.get(ALL, Role.READ, this::list, "tenant", "source");
        mount.post(ALL, Role.MANAGE, this::create, "tenant", "source");
        mount.post(ALL + "/batch-delete", Role.MANAGE, this::deleteAll, "tenant", "source");
        mount.get(
                ONE,
                Role.READ,
                call -> find(call).map(webhook -> data(200, webhooks.view(webhook))),
                "tenant",
                "source");
        mount.put(ONE, Role.MANAGE, this::update, "tenant", "source");
        mount.delete(ONE, Role.MANAGE, this::delete, "tenant", "source");
        mount.post(ONE + "/trigger", Role.MANAGE, this::trigger, "tenant", "source");
    }

    /** All of them, as Strapi knows no pages; oldest first. */
    private Future<Reply> list(Call call) {
        return of(call).all().map(found -> {
            List<JsonObject> views = found.stream()
                    .sorted(Comparator.comparing(Webhook::createdAt).thenComparing(Webhook::id))
                    .map(webhooks::view)
                    .toList();
            return data(200, new JsonArray(views));
        });
    }

    private Future<Reply> create(Call call) {
        SourceWebhooks place = of(call);
        StrapiBody body = StrapiBody.ofCreate(call.json());
        Webhook webhook = forms.create(place.tenant(), webhooks.settings(body, place.source()));
        return save(webhook).map(saved -> data(201, webhooks.view(webhook)));
    }

    private Future<Reply> update(Call call) {
        StrapiBody body = StrapiBody.ofUpdate(call.json(), call.path("id"));
        return find(call)
                .map(old -> forms.patch(old, webhooks.patch(body, old)))
                .compose(this::save)
                .map(changed -> data(200, webhooks.view(changed)));
    }

    private Future<Reply> delete(Call call) {
        return find(call)
                .compose(webhook -> registry.delete(webhook.tenant(), webhook.id())
                        .map(deleted -> {
                            if (!deleted) {
                                throw StrapiErrors.notFound();
                            }
                            return webhook;
                        }))
                .map(webhook -> data(200, webhooks.view(webhook)));
    }

    /** Ids that there are none of are passed over, and answered like the others. */
    private Future<Reply> deleteAll(Call call) {
        SourceWebhooks place = of(call);
        if (!(call.json().getValue("ids") instanceof JsonArray ids) || ids.isEmpty() || ids.size() > MAX_IDS) {
            throw StrapiErrors.badIds();
        }
        if (!ids.stream().allMatch(id -> id instanceof String || id instanceof Number)) {
            throw StrapiErrors.badIds();
        }
        return Future.all(ids.stream()
                        .map(id -> delete(place, String.valueOf(id)))
                        .toList())
                .map(deleted -> data(200, ids));
    }

    private Future<Boolean> delete(SourceWebhooks place, String id) {
        return registry.find(place.tenant(), id)
                .compose(found -> found.filter(place::holds).isPresent()
                        ? registry.delete(place.tenant(), id)
                        : Future.succeededFuture(false));
    }

    private Future<Reply> trigger(Call call) {
        return find(call)
                .compose(webhook -> sender().send(samples.of(webhook, null), webhook))
                .map(sent -> data(200, StrapiTrigger.view(sent.answer())));
    }

    private TestSender sender() {
        if (sender == null) {
            sender = senders.get();
        }
        return sender;
    }

    private Future<Webhook> find(Call call) {
        SourceWebhooks place = of(call);
        return registry.find(place.tenant(), call.path("id"))
                .map(found -> found.filter(place::holds).orElseThrow(StrapiErrors::notFound));
    }

    /** A source that is one tenant's has that tenant's webhooks. */
    private SourceWebhooks of(Call call) {
        String name = call.query("source").orElse(DIALECT);
        Source source = sources.find(name);
        boolean isOthers = source != null && source.tenant() != null && !call.maySee(source.tenant());
        if (source == null || isOthers || !source.dialect().name().equals(DIALECT)) {
            throw Problem.of(
                            404,
                            "no-such-source",
                            "No such source",
                            "There is no source '%s' of the dialect strapi (expected: one, or another name in ?source=)"
                                    .formatted(name))
                    .asException();
        }
        return new SourceWebhooks(registry, call.tenant(source.tenant()), name);
    }

    private Future<Webhook> save(Webhook webhook) {
        return registry.save(webhook).map(saved -> {
            if (!saved) {
                throw WebhookProblem.overtaken();
            }
            return webhook;
        });
    }

    private static Reply data(int status, Object data) {
        return Reply.json(status, new JsonObject().put("data", data));
    }
}
