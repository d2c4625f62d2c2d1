package dev.sluice.source;

import dev.sluice.source.signature.Knock;
import dev.sluice.source.sns.SnsDesk;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Amazon SNS, for some topics.
 *
 * @param topics their ARNs
 */
record SnsSender(List<String> topics) implements SenderAuth, BodyJudge {
    static final String TYPE = "sns";

    SnsSender {
        topics = List.copyOf(topics);
    }

    @Override
    public Entry judge(Knock knock) {
        return new Entry.AfterBody(List.of(this), List.of());
    }

    @Override
    public Future<@Nullable String> refusal(Knock knock, Buffer body, SnsDesk sns) {
        return sns.refusal(body, topics, knock.now());
    }

    @Override
    public String expected() {
        return "a message of one of the source's topics, signed by Amazon SNS";
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JsonObject open() {
        return new JsonObject().put("topics", new JsonArray(topics));
    }
}
