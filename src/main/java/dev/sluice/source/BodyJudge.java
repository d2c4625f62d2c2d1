package dev.sluice.source;

import dev.sluice.source.signature.Knock;
import dev.sluice.source.sns.SnsDesk;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Says by the body of a request whether its sender is let in. */
public interface BodyJudge {
    /** Which part of it is wrong; null if it lets in. To be called on an event loop. */
    Future<@Nullable String> refusal(Knock knock, Buffer body, SnsDesk sns);
}
