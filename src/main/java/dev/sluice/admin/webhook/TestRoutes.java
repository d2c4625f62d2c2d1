package dev.sluice.admin.webhook;

import dev.sluice.access.Role;
import dev.sluice.admin.delivery.TimingViews;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Form;
import dev.sluice.admin.web.JsonMembers;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.admin.web.SeenWebhooks;
import dev.sluice.admin.web.WebhookProblem;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.TestSender;
import dev.sluice.event.Event;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/webhooks/{id}/test}: sends one request now, whether or not the webhook is enabled; nothing is stored or tried
 * again. Needs the role manage, as who may make a webhook can have requests sent anyway. Confined to one event loop.
 */
public final class TestRoutes implements Routes {
    private static final int MAX_TYPE = 1024;

    private final SeenWebhooks webhooks;
    private final Samples samples;
    private final Supplier<TestSender> senders;
    private @Nullable TestSender sender;

    /** @param senders of the event loop that serves the request; asked once */
    public TestRoutes(Registry registry, Samples samples, Supplier<TestSender> senders) {
        this.webhooks = new SeenWebhooks(registry);
        this.samples = samples;
        this.senders = senders;
    }

    @Override
    public void on(Mount mount) {
        mount.post("/v1/webhooks/:id/test", Role.MANAGE, this::test, "tenant");
    }

    private Future<Reply> test(Call call) {
        Form form = new Form(call.jsonIfAny());
        String type = form.text("type", MAX_TYPE);
        JsonObject body = form.object("body");
        if (type != null) {
            call.sight().check(form, "type", type);
        }
        form.check("invalid-test", "The test is not valid");
        return webhooks.require(call)
                .map(WebhookProblem::requireReadable)
                .compose(webhook -> test(webhook, samples.of(webhook, type, body)));
    }

    private Future<Reply> test(Webhook webhook, Event event) {
        return sender().send(event, webhook).map(sent -> Reply.ok(view(webhook, event, sent)));
    }

    private TestSender sender() {
        if (sender == null) {
            sender = senders.get();
        }
        return sender;
    }

    private JsonObject view(Webhook webhook, Event event, TestSender.Sent sent) {
        JsonObject view = new JsonObject()
                .put("type", event.type())
                .put("durationMs", sent.answer().took().toMillis())
                .put("request", SentViews.request(webhook, sent, samples.secretHeaders(event)));
        JsonMembers.putIfPresent(view, "timing", TimingViews.of(sent.answer()));
        return sent.answer() instanceof Answer.Status status
                ? answered(view, status)
                : view.put("delivered", false).put("failure", SentViews.failure((Answer.Failure) sent.answer()));
    }

    private static JsonObject answered(JsonObject view, Answer.Status status) {
        JsonObject answer = new JsonObject().put("status", status.code()).put("excerpt", status.excerpt());
        if (status.location() != null) {
            answer.put("location", status.location());
        }
        if (status.retryAfter() != null) {
            answer.put("retryAfter", status.retryAfter());
        }
        if (status.bodyCut()) {
            answer.put("bodyCut", true);
        }
        return view.put("delivered", status.code() / 100 == 2).put("answer", answer);
    }
}
