package dev.sluice.admin.webhook;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Form;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.admin.web.SeenWebhooks;
import dev.sluice.admin.web.WebhookProblem;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.TestSender;
import dev.sluice.event.Event;
import dev.sluice.http.Problem;
import dev.sluice.journal.Events;
import dev.sluice.subscription.Check;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.form.WebhookForms;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/webhooks/preview}: what would be sent of an event, by a webhook that is there or by one that is only written
 * down. Nothing is stored or sent. Needs the role read, and so signs nothing that a reader could use. Confined to one event
 * loop.
 */
public final class PreviewRoutes implements Routes {
    private static final int MAX_TEXT = 1024;

    private final SeenWebhooks webhooks;
    private final WebhookForms forms;
    private final Samples samples;
    private final Events events;
    private final Supplier<TestSender> senders;
    private @Nullable TestSender sender;

    /** @param senders of the event loop that serves the request; asked once */
    public PreviewRoutes(
            Registry registry, WebhookForms forms, Samples samples, Events events, Supplier<TestSender> senders) {
        this.webhooks = new SeenWebhooks(registry);
        this.forms = forms;
        this.samples = samples;
        this.events = events;
        this.senders = senders;
    }

    /**
     * What to look at.
     *
     * @param webhook  its settings as they are typed; null: as they are stored
     * @param id       of the webhook that is there, whose secrets the settings leave out
     * @param eventId  of an event that is kept; else it is made up
     */
    private record Wanted(
            @Nullable JsonObject webhook,
            @Nullable String id,
            @Nullable String eventId,
            @Nullable String type,
            @Nullable JsonObject body) {
        static Wanted of(Call call) {
            Form form = new Form(call.json());
            Wanted wanted = new Wanted(
                    form.object("webhook"),
                    form.text("id", MAX_TEXT),
                    form.text("event", MAX_TEXT),
                    form.text("type", MAX_TEXT),
                    form.object("body"));
            if (wanted.webhook() == null && wanted.id() == null) {
                form.refuse("id", "missing (expected: the id of a webhook, or webhook: its settings)");
            }
            if (wanted.type() != null) {
                call.sight().check(form, "type", wanted.type());
            }
            form.check("invalid-preview", "The preview is not valid");
            return wanted;
        }
    }

    @Override
    public void on(Mount mount) {
        mount.post("/v1/webhooks/preview", Role.READ, this::preview, "tenant");
    }

    private Future<Reply> preview(Call call) {
        Wanted wanted = Wanted.of(call);
        return webhook(call, wanted)
                .compose(webhook -> event(call, wanted, webhook).compose(event -> preview(webhook, event)));
    }

    private Future<Webhook> webhook(Call call, Wanted wanted) {
        String tenant = call.tenant();
        JsonObject settings = wanted.webhook() == null ? null : call.sight().settings(wanted.webhook());
        String id = wanted.id();
        if (id == null) {
            return Future.succeededFuture(forms.create(tenant, settings == null ? new JsonObject() : settings));
        }
        return webhooks.find(call, tenant, id)
                .map(found -> found.orElseThrow(() -> WebhookProblem.unknown(tenant, id)))
                .map(WebhookProblem::requireReadable)
                .map(stored -> settings == null ? stored : forms.replace(stored, settings));
    }

    private Future<Event> event(Call call, Wanted wanted, Webhook webhook) {
        String id = wanted.eventId();
        return id == null
                ? Future.succeededFuture(samples.of(webhook, wanted.type(), wanted.body()))
                : events.find(id)
                        .map(found -> found.map(Events.Kept::event)
                                .filter(event -> event.tenant().equals(webhook.tenant())
                                        && call.sight().ofType(event.type()))
                                .orElseThrow(() -> unknown(id)));
    }

    private static RuntimeException unknown(String id) {
        String detail = "There is no event '%s' of this tenant; delivered ones are kept for journal.retention.";
        return Problem.of(404, "no-such-event", "No such event", detail.formatted(id))
                .asException();
    }

    private Future<Reply> preview(Webhook webhook, Event event) {
        JsonObject view = MatchRoutes.view(Check.all(webhook, event)).put("type", event.type());
        return sender().write(event, webhook)
                .map(written -> written.answer() instanceof Answer.Failure failure
                        ? view.put("failure", SentViews.failure(failure))
                        : view.put("request", SentViews.request(webhook, written, unshown(webhook, event))))
                .map(Reply::ok);
    }

    /** Besides secrets: a signature of whatever a reader thinks of would let him speak for the gateway. */
    private Set<String> unshown(Webhook webhook, Event event) {
        Set<String> names = new TreeSet<>(samples.secretHeaders(event));
        names.add("webhook-signature");
        Optional.ofNullable(webhook.target().bodyHeader()).ifPresent(names::add);
        return names;
    }

    private TestSender sender() {
        if (sender == null) {
            sender = senders.get();
        }
        return sender;
    }
}
