package dev.sluice.admin.webhook;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Cursor;
import dev.sluice.admin.web.DryRun;
import dev.sluice.admin.web.EntityTag;
import dev.sluice.admin.web.Form;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.admin.web.SeenWebhooks;
import dev.sluice.admin.web.Warnings;
import dev.sluice.admin.web.WebhookProblem;
import dev.sluice.delivery.history.WebhookStates;
import dev.sluice.subscription.Reach;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.form.WebhookForms;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code /v1/webhooks}. Reading needs the role read; changing, and seeing secrets, needs manage. */
public final class WebhookRoutes implements Routes {
    private static final String ALL = "/v1/webhooks";
    private static final String ONE = ALL + "/:id";
    private static final String SECRET = ONE + "/secret";
    private static final Duration MAX_GRACE = Duration.ofDays(30);

    private final Registry registry;
    private final SeenWebhooks webhooks;
    private final WebhookForms forms;
    private final Duration keyGrace;
    private final WebhookStates states;
    private final Reach reach;

    /**
     * @param keyGrace how long a rotated key still signs where the client does not say
     */
    public WebhookRoutes(Registry registry, WebhookForms forms, Duration keyGrace, WebhookStates states, Reach reach) {
        this.registry = registry;
        this.webhooks = new SeenWebhooks(registry);
        this.forms = forms;
        this.keyGrace = keyGrace;
        this.states = states;
        this.reach = reach;
    }

    @Override
    public void on(Mount mount) {
        mount.get(ALL, Role.READ, this::list, "tenant", "enabled", "limit", "cursor");
        mount.post(ALL, Role.MANAGE, this::create, "tenant", DryRun.QUERY);
        mount.get(ONE, Role.READ, call -> webhooks.require(call).compose(webhook -> view(200, webhook)), "tenant");
        mount.put(ONE, Role.MANAGE, this::replace, "tenant", DryRun.QUERY);
        mount.patch(ONE, Role.MANAGE, this::patch, "tenant");
        mount.delete(ONE, Role.MANAGE, this::delete, "tenant");
        mount.get(
                SECRET,
                Role.MANAGE,
                call -> webhooks.require(call)
                        .map(WebhookProblem::requireReadable)
                        .map(this::secrets),
                "tenant");
        mount.post(SECRET + "/rotate", Role.MANAGE, this::rotate, "tenant");
        mount.post(ONE + "/pause", Role.MANAGE, call -> pause(call, true), "tenant");
        mount.post(ONE + "/resume", Role.MANAGE, call -> pause(call, false), "tenant");
    }

    private Future<Reply> replace(Call call) {
        JsonObject body = call.sight().settings(call.json());
        if (DryRun.is(call)) {
            return webhooks.require(call).compose(old -> tryOut(call, WebhookProblem.requireReadable(old), body));
        }
        return change(call, old -> forms.replace(old, body)).compose(changed -> view(200, changed));
    }

    private Future<Reply> tryOut(Call call, Webhook old, JsonObject body) {
        EntityTag.require(call, old.version());
        Webhook changed = call.sight().require(forms.replace(old, body));
        return withStates(List.of(changed)).map(views -> DryRun.reply(views.get(0), !changed.equals(old.at(changed))));
    }

    private Future<Reply> patch(Call call) {
        JsonObject patch = call.sight().patch(call.mergePatch());
        return change(call, old -> forms.patch(old, patch)).compose(changed -> view(200, changed));
    }

    private Future<Reply> list(Call call) {
        int limit = call.limit();
        return find(call, enabled(call), Cursor.read(call), limit + 1, new ArrayList<>())
                .compose(found -> {
                    List<Webhook> page = found.subList(0, Math.min(limit, found.size()));
                    String cursor = found.size() > limit
                            ? Cursor.after(page.get(limit - 1).id())
                            : null;
                    return withStates(page)
                            .map(views -> Reply.ok(new JsonObject()
                                    .put("webhooks", new JsonArray(views))
                                    .put("cursor", cursor)));
                });
    }

    /** One more than a page tells whether there is another. */
    private Future<List<Webhook>> find(
            Call call, @Nullable Boolean enabled, String after, int wanted, List<Webhook> found) {
        return registry.list(call.tenant(), after, wanted).compose(some -> {
            for (Webhook webhook : some) {
                boolean isMeant = enabled == null || webhook.enabled() == enabled;
                if (found.size() < wanted && isMeant && call.sight().of(webhook)) {
                    found.add(webhook);
                }
            }
            return found.size() == wanted || some.size() < wanted
                    ? Future.succeededFuture(found)
                    : find(call, enabled, some.get(wanted - 1).id(), wanted, found);
        });
    }

    private static @Nullable Boolean enabled(Call call) {
        return call.query("enabled")
                .map(said -> switch (said) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Call.badQuery("enabled: %s (expected: true or false)".formatted(said));
                })
                .orElse(null);
    }

    private Future<Reply> create(Call call) {
        JsonObject body = call.sight().settings(call.json());
        String said = body.getValue("tenant") instanceof String tenant ? tenant : null;
        Webhook webhook = call.sight().require(forms.create(call.tenant(said), body));
        if (DryRun.is(call)) {
            return withStates(List.of(webhook)).map(views -> DryRun.reply(views.get(0), true));
        }
        return save(call, webhook)
                .compose(saved -> view(201, saved))
                .map(reply -> reply.with(HttpHeaders.LOCATION, location(webhook)));
    }

    private Future<Reply> delete(Call call) {
        return webhooks.require(call)
                .compose(webhook -> {
                    EntityTag.require(call, webhook.version());
                    return registry.delete(webhook.tenant(), webhook.id());
                })
                .map(deleted -> {
                    if (!deleted) {
                        throw WebhookProblem.unknown(call);
                    }
                    return Reply.noContent();
                });
    }

    private Future<Reply> rotate(Call call) {
        Form form = new Form(call.jsonIfAny());
        Long graceMs = form.whole("graceMs", 0, MAX_GRACE.toMillis());
        form.check("invalid-rotation", "The rotation is not valid");
        Duration grace = graceMs == null ? keyGrace : Duration.ofMillis(graceMs);
        return change(call, old -> forms.rotate(old, grace)).map(this::secrets);
    }

    private Future<Reply> pause(Call call, boolean paused) {
        return change(call, old -> forms.pause(old, paused)).compose(changed -> view(200, changed));
    }

    private Future<Webhook> change(Call call, UnaryOperator<Webhook> change) {
        return webhooks.require(call).compose(old -> {
            EntityTag.require(call, old.version());
            WebhookProblem.requireReadable(old);
            return save(call, call.sight().require(change.apply(old)));
        });
    }

    private Future<Webhook> save(Call call, Webhook webhook) {
        return registry.save(webhook).map(saved -> {
            if (!saved) {
                throw EntityTag.isConditional(call) ? EntityTag.changed(null) : WebhookProblem.overtaken();
            }
            return webhook;
        });
    }

    private Future<Reply> view(int status, Webhook webhook) {
        return withStates(List.of(webhook))
                .map(views -> Reply.json(status, views.get(0)).with(HttpHeaders.ETAG, EntityTag.of(webhook.version())));
    }

    private Future<List<JsonObject>> withStates(List<Webhook> webhooks) {
        return states.of(webhooks.stream().map(Webhook::id).toList()).map(now -> {
            List<JsonObject> views = new ArrayList<>();
            for (int i = 0; i < webhooks.size(); i++) {
                JsonObject view = forms.view(webhooks.get(i)).put("state", StateViews.view(now.get(i)));
                views.add(Warnings.put(view, reach, webhooks.get(i)));
            }
            return views;
        });
    }

    private Reply secrets(Webhook webhook) {
        return Reply.ok(forms.secretView(webhook)).with(HttpHeaders.ETAG, EntityTag.of(webhook.version()));
    }

    private static String location(Webhook webhook) {
        return ALL + "/" + webhook.id();
    }
}
