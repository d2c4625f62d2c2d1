package dev.sluice.admin.webhook;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.admin.web.SeenWebhooks;
import dev.sluice.admin.web.Warnings;
import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.subscription.Check;
import dev.sluice.subscription.Reach;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** {@code /v1/webhooks/{id}/match}: would it get this event, and if not, why? Nothing is stored or sent. */
public final class MatchRoutes implements Routes {
    private static final EventId NOT_ACCEPTED = new EventId(EventId.PREFIX + "sample");

    private final SeenWebhooks webhooks;
    private final Function<Buffer, Draft> decoder;
    private final Reach reach;

    /** @param decoder of an event in JSON; throws a problem for what is none */
    public MatchRoutes(Registry registry, Function<Buffer, Draft> decoder, Reach reach) {
        this.webhooks = new SeenWebhooks(registry);
        this.decoder = decoder;
        this.reach = reach;
    }

    @Override
    public void on(Mount mount) {
        mount.post("/v1/webhooks/:id/match", Role.READ, this::match, "tenant");
    }

    private Future<Reply> match(Call call) {
        Draft draft = decoder.apply(call.jsonText());
        return webhooks.require(call)
                .map(webhook ->
                        Reply.ok(Warnings.put(view(Check.all(webhook, event(draft, webhook))), reach, webhook)));
    }

    /** An event that does not say whose it is is taken to be the webhook's tenant's. */
    private static Event event(Draft draft, Webhook webhook) {
        Attributes attributes = Attributes.builder()
                .set(Attributes.TENANT, webhook.tenant())
                .setAll(draft.attributes())
                .build();
        return new Event(NOT_ACCEPTED, attributes, draft.data(), draft.dialect());
    }

    static JsonObject view(List<Check> checks) {
        JsonArray views = new JsonArray();
        for (Check check : checks) {
            JsonObject view = new JsonObject().put("part", check.part()).put("matches", check.matches());
            if (check.denial() != null) {
                view.put("pointer", check.denial().pointer())
                        .put("detail", check.denial().detail());
            }
            views.add(view);
        }
        return new JsonObject()
                .put("matches", checks.stream().allMatch(Check::matches))
                .put("checks", views);
    }
}
