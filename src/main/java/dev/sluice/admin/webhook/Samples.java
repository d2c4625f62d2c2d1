package dev.sluice.admin.webhook;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.source.Source;
import dev.sluice.source.Sources;
import dev.sluice.source.catalog.Catalog;
import dev.sluice.source.catalog.Catalogs;
import dev.sluice.source.catalog.Kind;
import dev.sluice.source.dialect.Arrival;
import dev.sluice.subscription.Patterns;
import dev.sluice.subscription.Webhook;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Events with made-up content, as the source of a webhook would send them. They come in by the same way as real ones, and
 * so have the same attributes. Any thread.
 */
public final class Samples {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final String PLAIN = "sluice.test";
    private static final String NAMED = ".{$name}";

    private final Sources sources;
    private final Catalogs catalogs;
    private final Supplier<EventId> ids;
    private final InstantSource clock;

    public Samples(Sources sources, Catalogs catalogs, Supplier<EventId> ids, InstantSource clock) {
        this.sources = sources;
        this.catalogs = catalogs;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param type of the event; null: what the source's system itself sends for a test, else one that the webhook asks for
     * @throws ProblemException 400 {@code unknown-type} for a type that has no sample
     */
    public Event of(Webhook webhook, @Nullable String type) {
        Source source = source(webhook);
        Catalog catalog =
                source == null ? null : catalogs.of(source.dialect().name()).orElse(null);
        return source == null || catalog == null
                ? plain(webhook, type)
                : of(source, body(webhook, catalog, type), webhook.tenant());
    }

    /**
     * As {@link #of(Webhook, String)}, with a body of the caller's own where there is one.
     *
     * @param body what the source's system would send; where there is none, the data of the event
     */
    Event of(Webhook webhook, @Nullable String type, @Nullable JsonObject body) {
        if (body == null) {
            return of(webhook, type);
        }
        Source source = source(webhook);
        boolean isOfCms = source != null && catalogs.of(source.dialect().name()).isPresent();
        return source != null && isOfCms ? of(source, body, webhook.tenant()) : plain(webhook, type, body.toBuffer());
    }

    private @Nullable Source source(Webhook webhook) {
        String name = webhook.subscription().source();
        Source source = name == null ? null : sources.find(name);
        boolean isForeign =
                source != null && source.tenant() != null && !source.tenant().equals(webhook.tenant());
        return isForeign ? null : source;
    }

    /** Those of the source's default headers that are nobody's to see. */
    Set<String> secretHeaders(Event event) {
        Source source = event.dialect() == null ? null : sources.find(event.source());
        return source == null
                ? Set.of()
                : source.defaultHeaders().stream()
                        .filter(header -> header.secret())
                        .map(header -> header.name())
                        .collect(Collectors.toSet());
    }

    private JsonObject body(Webhook webhook, Catalog catalog, @Nullable String type) {
        if (type == null && !catalog.test().isEmpty()) {
            return withTime(catalog.test().copy());
        }
        String wanted = type == null ? subscribed(webhook, catalog) : type;
        return sample(catalog, wanted)
                .orElseThrow(() -> Problem.of(
                                400,
                                "unknown-type",
                                "There is no sample",
                                "type: %s (expected: one that GET /v1/event-types?source= lists)".formatted(wanted))
                        .asException());
    }

    private JsonObject withTime(JsonObject test) {
        test.getMap().replaceAll((name, value) -> "{now}".equals(value) ? now() : value);
        return test;
    }

    private static String subscribed(Webhook webhook, Catalog catalog) {
        return catalog.kinds().stream()
                .map(Kind::type)
                .filter(type -> !type.contains("{"))
                .filter(type -> webhook.subscription().eventTypes().stream()
                        .anyMatch(pattern -> Patterns.matches(pattern, type)))
                .findFirst()
                .orElse(webhook.subscription().eventTypes().get(0));
    }

    /** Its own, or for {@code collections.save.after.posts} the one of {@code collections.save.after}. */
    private static Optional<JsonObject> sample(Catalog catalog, String type) {
        Optional<JsonObject> own = catalog.find(type).map(kind -> kind.sample().copy());
        int dot = type.lastIndexOf('.');
        String general = dot < 0 ? "" : type.substring(0, dot);
        return own.isPresent() || catalog.find(general + NAMED).isEmpty()
                ? own
                : catalog.find(general).map(kind -> kind.sample().copy().put("event", type));
    }

    private Event of(Source source, JsonObject body, String tenant) {
        Arrival arrival = new Arrival(source.name(), MultiMap.caseInsensitiveMultiMap(), body.toBuffer(), now());
        Attributes described = source.dialect().read(arrival, source.rules()).attributes();
        Attributes.Builder attributes = Attributes.builder().setAll(described);
        attributes.set(Attributes.TENANT, tenant).set(Attributes.DATA_CONTENT_TYPE, "application/json");
        return new Event(
                ids.get(), attributes.build(), arrival.body(), source.dialect().name());
    }

    private Event plain(Webhook webhook, @Nullable String type) {
        JsonObject data = new JsonObject().put("test", true).put("webhook", webhook.id());
        return plain(webhook, type, data.toBuffer());
    }

    private Event plain(Webhook webhook, @Nullable String type, Buffer data) {
        String source = webhook.subscription().source();
        Attributes attributes = Attributes.builder()
                .set(Attributes.TYPE, type == null ? PLAIN : type)
                .set(Attributes.SOURCE, source == null ? "default" : source)
                .set(Attributes.TIME, now())
                .set(Attributes.TENANT, webhook.tenant())
                .set(Attributes.DATA_CONTENT_TYPE, "application/json")
                .build();
        return new Event(ids.get(), attributes, data, null);
    }

    private String now() {
        return MILLIS.format(clock.instant());
    }
}
