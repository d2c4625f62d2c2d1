package dev.sluice.admin;

import dev.sluice.access.Role;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.WebhookForms;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** {@code /v1/webhooks}. Reading needs the role read; changing, and seeing secrets, needs manage. */
public final class WebhookRoutes implements Routes {
    private static final String ALL = "/v1/webhooks";
    private static final String ONE = ALL + "/:id";
    private static final String SECRET = ONE + "/secret";
    private static final Duration MAX_GRACE = Duration.ofDays(30);

    private final Registry registry;
    private final WebhookForms forms;
    private final Duration keyGrace;
    private final Function<Webhook, Future<JsonObject>> state;

    /**
     * @param keyGrace how long a rotated key still signs where the client does not say
     * @param state    the {@code state} member of a webhook's view
     */
    public WebhookRoutes(
            Registry registry, WebhookForms forms, Duration keyGrace, Function<Webhook, Future<JsonObject>> state) {
        this.registry = registry;
        this.forms = forms;
        this.keyGrace = keyGrace;
        this.state = state;
    }

    @Override
    public void on(Mount mount) {
        mount.get(ALL, Role.READ, this::list);
        mount.post(ALL, Role.MANAGE, this::create);
        mount.get(ONE, Role.READ, call -> find(call).compose(webhook -> view(200, webhook)));
        mount.put(ONE, Role.MANAGE, call -> {
            JsonObject body = call.json();
            return change(call, old -> forms.replace(old, body)).compose(changed -> view(200, changed));
        });
        mount.patch(ONE, Role.MANAGE, call -> {
            JsonObject patch = call.mergePatch();
            return change(call, old -> forms.patch(old, patch)).compose(changed -> view(200, changed));
        });
        mount.delete(ONE, Role.MANAGE, this::delete);
        mount.get(SECRET, Role.MANAGE, call -> find(call).map(this::secrets));
        mount.post(SECRET + "/rotate", Role.MANAGE, this::rotate);
        mount.post(ONE + "/pause", Role.MANAGE, call -> pause(call, true));
        mount.post(ONE + "/resume", Role.MANAGE, call -> pause(call, false));
    }

    /** One more than asked for tells whether there is another page. */
    private Future<Reply> list(Call call) {
        int limit = call.limit();
        return registry.list(call.tenant(), Cursor.read(call), limit + 1).compose(found -> {
            List<Webhook> page = found.subList(0, Math.min(limit, found.size()));
            String cursor =
                    found.size() > limit ? Cursor.after(page.get(limit - 1).id()) : null;
            return Future.all(page.stream().map(this::withState).toList())
                    .map(views -> Reply.ok(new JsonObject()
                            .put("webhooks", new JsonArray(views.<JsonObject>list()))
                            .put("cursor", cursor)));
        });
    }

    private Future<Reply> create(Call call) {
        JsonObject body = call.json();
        String said = body.getValue("tenant") instanceof String tenant ? tenant : null;
        Webhook webhook = forms.create(call.tenant(said), body);
        return save(call, webhook)
                .compose(saved -> view(201, saved))
                .map(reply -> reply.with(HttpHeaders.LOCATION, location(webhook)));
    }

    private Future<Reply> delete(Call call) {
        return find(call)
                .compose(webhook -> {
                    EntityTag.require(call, webhook.version());
                    return registry.delete(webhook.tenant(), webhook.id());
                })
                .map(deleted -> {
                    if (!deleted) {
                        throw unknown(call);
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
        return find(call).compose(old -> {
            EntityTag.require(call, old.version());
            return save(call, change.apply(old));
        });
    }

    private Future<Webhook> save(Call call, Webhook webhook) {
        return registry.save(webhook).map(saved -> {
            if (!saved) {
                throw EntityTag.isConditional(call) ? EntityTag.changed(null) : overtaken();
            }
            return webhook;
        });
    }

    private Future<Webhook> find(Call call) {
        return registry.find(call.tenant(), call.path("id")).map(found -> found.orElseThrow(() -> unknown(call)));
    }

    private Future<Reply> view(int status, Webhook webhook) {
        return withState(webhook)
                .map(json -> Reply.json(status, json).with(HttpHeaders.ETAG, EntityTag.of(webhook.version())));
    }

    private Future<JsonObject> withState(Webhook webhook) {
        return state.apply(webhook).map(now -> forms.view(webhook).put("state", now));
    }

    private Reply secrets(Webhook webhook) {
        return Reply.ok(forms.secretView(webhook)).with(HttpHeaders.ETAG, EntityTag.of(webhook.version()));
    }

    private static String location(Webhook webhook) {
        return ALL + "/" + webhook.id();
    }

    static ProblemException unknown(Call call) {
        return Problem.of(
                        404,
                        "no-such-webhook",
                        "No such webhook",
                        "The tenant '%s' has no webhook '%s'.".formatted(call.tenant(), call.path("id")))
                .asException();
    }

    private static ProblemException overtaken() {
        return Problem.of(
                        409,
                        "conflict",
                        "Changed meanwhile",
                        "Somebody else changed the webhook at the same time. Read it and try again.")
                .asException();
    }
}
