package dev.sluice.replay.redis;

import dev.sluice.replay.Replay;
import dev.sluice.replay.Replay.Order;
import dev.sluice.replay.Replay.State;
import dev.sluice.replay.Replay.Tally;
import io.vertx.core.json.JsonArray;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A replay as the fields of a hash. The scripts add {@code state}, {@code started}, {@code ended}, {@code fence}. */
final class ReplayFields {
    private final Map<String, String> fields = new HashMap<>();

    /** @param pairs name, value, name, value */
    private ReplayFields(Response pairs) {
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
        }
    }

    static Replay read(String id, Response pairs) {
        return new ReplayFields(pairs).replay(id);
    }

    private Replay replay(String id) {
        return new Replay(
                id,
                new Order(
                        text("webhook"),
                        text("tenant"),
                        Instant.ofEpochMilli(number("since")),
                        Instant.ofEpochMilli(number("until")),
                        new JsonArray(text("types"))
                                .stream().map(String::valueOf).toList(),
                        number("deadonly") == 1),
                State.of(text("state")),
                new Tally(Double.parseDouble(text("progress")), number("read"), number("matched"), number("queued")),
                Instant.ofEpochMilli(number("started")),
                ended(),
                text("detail"));
    }

    private @Nullable Instant ended() {
        return fields.containsKey("ended") ? Instant.ofEpochMilli(number("ended")) : null;
    }

    private String text(String name) {
        return fields.getOrDefault(name, "");
    }

    private long number(String name) {
        return Long.parseLong(text(name));
    }

    /** All but the end of the range, of which the script decides. */
    static List<String> of(Order order) {
        return List.of(
                "webhook",
                order.webhookId(),
                "tenant",
                order.tenant(),
                "since",
                String.valueOf(order.since().toEpochMilli()),
                "types",
                new JsonArray(order.eventTypes()).encode(),
                "deadonly",
                order.deadOnly() ? "1" : "0");
    }

    static List<String> of(Tally tally, String detail) {
        return List.of(
                "progress",
                String.valueOf(tally.progress()),
                "read",
                String.valueOf(tally.read()),
                "matched",
                String.valueOf(tally.matched()),
                "queued",
                String.valueOf(tally.queued()),
                "detail",
                detail);
    }
}
