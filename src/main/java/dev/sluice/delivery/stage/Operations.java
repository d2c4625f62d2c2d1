package dev.sluice.delivery.stage;

import dev.sluice.delivery.Delivery;
import dev.sluice.event.Append;
import dev.sluice.event.Appended;
import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.fault.Again;
import dev.sluice.fault.Outage;
import dev.sluice.fault.Retries;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of Sluice about itself, of the source {@value dev.sluice.event.Event#OPERATIONS}: they go through the journal
 * like any other, to the webhooks of the tenant that are bound to this source. Deliveries of them make none, so that a
 * webhook that fails cannot feed itself. Confined to one event loop.
 *
 * <p>They are told, not guaranteed: while the journal is away {@value #MOST_WAITING} of them wait, and the oldest go first.
 */
final class Operations {
    static final String DISABLED = "webhook.disabled";
    static final String EXHAUSTED = "delivery.exhausted";

    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
    private static final int MOST_WAITING = 1000;
    private static final int BATCH = 100;

    private final Function<Append, Future<Appended>> journal;
    private final InstantSource clock;
    private final Again appends;

    // confined state
    private final Deque<Draft> waiting = new ArrayDeque<>();
    private boolean out;

    Operations(Function<Append, Future<Appended>> journal, InstantSource clock, Retries retries) {
        this.journal = journal;
        this.clock = clock;
        this.appends = retries.again("store events about deliveries");
    }

    void disabled(Webhook webhook, String reason) {
        LOG.atWarn()
                .addKeyValue("webhook", webhook.id())
                .addKeyValue("reason", reason)
                .log("webhook disabled");
        happened(DISABLED, webhook, webhook.id(), about(webhook).put("reason", reason));
    }

    void exhausted(Webhook webhook, Delivery delivery, String reason) {
        if (delivery.event().source().equals(Event.OPERATIONS)) {
            return;
        }
        JsonObject data = about(webhook)
                .put("delivery", delivery.id())
                .put("event", delivery.event().id().text())
                .put("eventType", delivery.event().type())
                .put("attempts", delivery.attempts())
                .put("reason", reason);
        happened(EXHAUSTED, webhook, delivery.id(), data);
    }

    private static JsonObject about(Webhook webhook) {
        return new JsonObject()
                .put("webhook", webhook.id())
                .put("name", webhook.name())
                .put("url", webhook.target().url().toString());
    }

    private void happened(String type, Webhook webhook, String subject, JsonObject data) {
        Attributes attributes = Attributes.of(
                Attributes.TYPE,
                type,
                Attributes.SOURCE,
                Event.OPERATIONS,
                Attributes.TENANT,
                webhook.tenant(),
                Attributes.SUBJECT,
                subject,
                Attributes.TIME,
                clock.instant().toString(),
                Attributes.DATA_CONTENT_TYPE,
                "application/json");
        if (waiting.size() == MOST_WAITING) {
            waiting.remove();
        }
        waiting.add(new Draft(attributes, data.toBuffer(), null, null));
        append();
    }

    private void append() {
        if (out || waiting.isEmpty()) {
            return;
        }
        out = true;
        List<Draft> batch = waiting.stream().limit(BATCH).toList();
        journal.apply(new Append(batch)).onComplete((appended, failure) -> {
            if (appended instanceof Appended.Durable) {
                waiting.removeAll(batch);
                appends.worked();
                out = false;
                append();
            } else {
                appends.later(failure == null ? new NotStored() : failure, () -> {
                    out = false;
                    append();
                });
            }
        });
    }

    /** The journal refuses, as it does while Redis is away, and says so itself. */
    private static final class NotStored extends RuntimeException implements Outage {
        NotStored() {
            super("not stored", null, false, false);
        }
    }
}
