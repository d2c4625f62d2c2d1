package dev.sluice.testing;

import dev.sluice.source.Source;
import dev.sluice.source.Sources;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps the contract of {@link Sources} without Redis. Any thread. */
public final class InMemorySources implements Sources {
    private final Map<String, Source> configured;
    private final Map<String, Source> stored = new ConcurrentHashMap<>();

    public InMemorySources(Map<String, Source> configured) {
        this.configured = Map.copyOf(configured);
    }

    @Override
    public @Nullable Source find(String name) {
        Source source = stored.get(name);
        return source == null ? configured.get(name) : source;
    }

    @Override
    public List<Source> all() {
        Map<String, Source> all = new TreeMap<>(configured);
        all.putAll(stored);
        return List.copyOf(all.values());
    }

    @Override
    public boolean isConfigured(String name) {
        return configured.containsKey(name);
    }

    @Override
    public synchronized Future<Boolean> save(Source source) {
        boolean follows = version(source.name()) == source.version() - 1;
        if (follows) {
            stored.put(source.name(), source);
        }
        return Future.succeededFuture(follows);
    }

    @Override
    public synchronized Future<Boolean> delete(String name, long version) {
        boolean is = version > 0 && version(name) == version;
        if (is) {
            stored.remove(name);
        }
        return Future.succeededFuture(is);
    }

    private long version(String name) {
        Source source = stored.get(name);
        return source == null ? 0 : source.version();
    }
}
