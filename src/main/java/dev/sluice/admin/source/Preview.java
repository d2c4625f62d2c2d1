package dev.sluice.admin.source;

import dev.sluice.access.KeyGate;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Reply;
import dev.sluice.event.Attributes;
import dev.sluice.event.Carried;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.http.HeaderText;
import dev.sluice.source.Source;
import dev.sluice.source.dialect.Arrival;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.privacy.Redaction;
import dev.sluice.source.recipe.Each;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What would become of a request to a source: what is kept of it, and who gets it. Nothing is stored. */
final class Preview {
    private static final int MOST_EVENTS = 10_000;
    private static final EventId NOT_ACCEPTED = new EventId(EventId.PREFIX + "preview");

    private final Registry registry;
    private final InstantSource clock;

    Preview(Registry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    Future<Reply> of(Source source, Call call) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(call.headers());
        headers.remove("authorization"); // the caller's own
        headers.remove(KeyGate.TOKEN_HEADER);
        String now = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
        Arrival whole = new Arrival(source.name(), headers, call.bytes(), now);
        Each each = source.recipe().each();
        List<Buffer> events = each == null ? List.of(call.bytes()) : each.of(call.bytes(), MOST_EVENTS);
        if (events.isEmpty()) {
            return Future.succeededFuture(Reply.ok(new JsonObject()
                    .put("attributes", new JsonObject())
                    .put("dropped", true)
                    .put("rule", "each")
                    .put("warnings", new JsonArray().add("There is no event in this body."))
                    .put("webhooks", new JsonArray())));
        }
        Arrival arrival = whole.of(events.get(0), whole.letter(List.of()));
        Reading reading = source.dialect().read(arrival, source.rules());
        JsonObject view = new JsonObject().put("attributes", attributes(reading.attributes()));
        List<String> warnings = warnings(source, reading);
        if (events.size() > 1) {
            warnings.add("This is the first of %d events of the request.".formatted(events.size()));
        }
        view.put("warnings", warnings);
        if (reading instanceof Reading.Dropped dropped) {
            return Future.succeededFuture(Reply.ok(
                    view.put("dropped", true).put("rule", dropped.rule()).put("webhooks", new JsonArray())));
        }
        Reading.Kept kept = (Reading.Kept) reading;
        boolean isChanged = !kept.redactions().isEmpty() || each != null;
        warnings.addAll(headers(view, source, headers, isChanged));
        view.put("dropped", false)
                .put("body", kept.body().toString(StandardCharsets.UTF_8))
                .put("unchanged", kept.redactions().isEmpty())
                .put("redactions", redactions(kept.redactions()));
        return match(event(source, kept, call)).map(webhooks -> Reply.ok(view.put("webhooks", webhooks)));
    }

    /** Answers what there is to say about those that do not go on. */
    private static List<String> headers(JsonObject view, Source source, MultiMap headers, boolean isChanged) {
        if (!source.isGeneric()) {
            return List.of();
        }
        List<Carried.Header> carried = source.carried(headers, isChanged);
        JsonArray lines = new JsonArray();
        carried.forEach(header ->
                lines.add(new JsonObject().put("name", header.name()).put("value", HeaderText.of(header.value()))));
        view.put("headers", lines);
        return source.carried(headers, false).stream()
                .filter(header -> !carried.contains(header))
                .map(header -> "%s is not passed on: the body is not the one that came, so the signature does not hold."
                        .formatted(header.name()))
                .toList();
    }

    private Future<JsonArray> match(Event event) {
        return registry.index(event.tenant()).map(index -> {
            JsonArray webhooks = new JsonArray();
            for (Webhook webhook : index.match(event)) {
                webhooks.add(new JsonObject().put("id", webhook.id()).put("name", webhook.name()));
            }
            return webhooks;
        });
    }

    private static Event event(Source source, Reading.Kept kept, Call call) {
        Attributes described = kept.attributes();
        Attributes.Builder attributes = Attributes.builder().setAll(described);
        String tenant = source.tenant() == null ? call.tenant() : source.tenant();
        attributes.set(Attributes.TENANT, tenant);
        return new Event(
                NOT_ACCEPTED, attributes.build(), kept.body(), source.dialect().name());
    }

    private static List<String> warnings(Source source, Reading reading) {
        List<String> warnings = new ArrayList<>();
        if (!source.enabled()) {
            warnings.add("The source is switched off: its events are recorded, and delivered to nobody.");
        }
        if (source.dialect().isHighRate(reading.type())) {
            warnings.add(
                    "%s may come with every request to the CMS, or every page of its panel.".formatted(reading.type()));
        }
        if (reading instanceof Reading.Kept kept) {
            warnings.addAll(RuleWarnings.of(kept.redacted()));
        }
        return warnings;
    }

    private static JsonObject attributes(Attributes attributes) {
        JsonObject json = new JsonObject();
        for (int i = 0; i < attributes.size(); i++) {
            json.put(attributes.name(i), attributes.value(i));
        }
        return json;
    }

    private static JsonArray redactions(List<Redaction> redactions) {
        JsonArray array = new JsonArray();
        redactions.forEach(redaction -> array.add(new JsonObject()
                .put("rule", redaction.rule())
                .put("pointer", redaction.pointer())
                .put("what", redaction.what().text())));
        return array;
    }
}
