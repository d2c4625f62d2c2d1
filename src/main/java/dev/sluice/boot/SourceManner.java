package dev.sluice.boot;

import dev.sluice.delivery.send.Manner;
import dev.sluice.event.Event;
import dev.sluice.source.Dialects;
import dev.sluice.source.Source;
import dev.sluice.source.Sources;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.dialect.SourceRules;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Webhook;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deliveries look as the dialect of their source has it, and carry what the source, as it is now, adds. Any thread. */
public final class SourceManner implements Manner {
    private final Sources sources;

    public SourceManner(Sources sources) {
        this.sources = sources;
    }

    @Override
    public Event dress(Event event, Webhook webhook) {
        Dialect dialect = dialect(event).filter(Dialect::hasBodyPerWebhook).orElse(null);
        if (dialect == null) {
            return event;
        }
        Source source = source(event);
        SourceRules rules = source == null ? dialect.defaultRules() : source.rules();
        Buffer body = dialect.body(event, webhook.name(), rules);
        return new Event(event.id(), event.attributes(), body, event.dialect());
    }

    @Override
    public Map<String, String> forced(Event event) {
        return dialect(event).map(dialect -> dialect.headers(event)).orElse(Map.of());
    }

    @Override
    public List<Header> defaults(Event event) {
        Source source = source(event);
        return source == null ? List.of() : source.defaultHeaders();
    }

    private static Optional<Dialect> dialect(Event event) {
        return Optional.ofNullable(event.dialect()).flatMap(Dialects::find);
    }

    /** Not one that anybody may name: an event which only says that it is of the source gets none of its headers. */
    private @Nullable Source source(Event event) {
        Source source = event.dialect() == null ? null : sources.find(event.source());
        return source != null && source.sends(event.tenant(), event.dialect()) ? source : null;
    }
}
