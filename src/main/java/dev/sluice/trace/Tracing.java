package dev.sluice.trace;

import dev.sluice.delivery.send.Sender;
import dev.sluice.fanout.FanoutListener;
import dev.sluice.ingest.Appends;
import io.vertx.core.Future;
import java.time.Duration;

/** What the stages are wrapped in, so that what they do makes spans. {@link #OFF} leaves each as it is. */
public interface Tracing {
    Tracing OFF = new Tracing() {};

    default Appends ingest(Appends journal) {
        return journal;
    }

    default FanoutListener fanout(FanoutListener listener) {
        return listener;
    }

    default Sender delivery(Sender sender) {
        return sender;
    }

    /** Completes when what was made is exported, or cannot be within the patience; never fails. Any thread. */
    default Future<Void> end(Duration patience) {
        return Future.succeededFuture();
    }
}
