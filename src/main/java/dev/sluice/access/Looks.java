package dev.sluice.access;

import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the visit shall look that a link opens, pictures and all: a link that held them would be longer than proxies let
 * through. Futures fail while Redis is away. Any thread.
 */
public interface Looks {
    /** @param link the id of it */
    Future<Void> keep(String link, String look, Duration kept);

    /** Takes it away; completes with null if there is none. */
    Future<@Nullable String> take(String link);
}
