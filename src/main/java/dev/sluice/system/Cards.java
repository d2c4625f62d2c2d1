package dev.sluice.system;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** The cards of all pods. Futures fail while Redis is away. Any thread. */
public interface Cards {
    Future<Void> show(Card card);

    /** The pod ends. */
    Future<Void> remove(String pod);

    /** By name; of pods that are gone those of the last hour. */
    Future<List<Seen>> all();

    /** @param age since it was written */
    record Seen(Card card, Duration age) {
        public boolean isGone() {
            return age.compareTo(Card.PATIENCE) > 0;
        }
    }
}
