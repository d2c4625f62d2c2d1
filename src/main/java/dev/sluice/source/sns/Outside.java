package dev.sluice.source.sns;

import io.vertx.core.Future;
import java.net.URI;

/** What is at a URL. Any thread. */
@FunctionalInterface
public interface Outside {
    /** Reaches nothing. */
    Outside NONE = url -> Future.failedFuture("this gateway reaches nothing outside");

    /**
     * By GET, answered with 200; fails, with a message for a person, for anything else.
     *
     * <p>With a {@link java.io.FileNotFoundException} where the answer is that there is nothing.
     */
    Future<String> get(URI url);
}
