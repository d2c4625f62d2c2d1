package dev.sluice.admin;

import dev.sluice.access.Looks;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

final class InMemoryLooks implements Looks {
    private final Map<String, String> kept = new ConcurrentHashMap<>();

    @Override
    public Future<Void> keep(String link, String look, Duration length) {
        kept.put(link, look);
        return Future.succeededFuture();
    }

    @Override
    public Future<@Nullable String> take(String link) {
        return Future.succeededFuture(kept.remove(link));
    }
}
