package dev.sluice.delivery.send;

import dev.sluice.event.Event;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Webhook;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A source that wants what the test says. */
public final class ScriptedManner implements Manner {
    public final Map<String, String> forced = new LinkedHashMap<>();
    public final List<Header> defaults = new ArrayList<>();
    /** Whether the data becomes the name of the webhook. */
    public boolean namesTheWebhook;

    @Override
    public Event dress(Event event, Webhook webhook) {
        return namesTheWebhook
                ? new Event(event.id(), event.attributes(), Buffer.buffer(webhook.name()), event.dialect())
                : event;
    }

    @Override
    public Map<String, String> forced(Event event) {
        return forced;
    }

    @Override
    public List<Header> defaults(Event event) {
        return defaults;
    }
}
