package dev.sluice.system.redis;

import dev.sluice.system.Card;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** A card as it is stored. A pod of a later version may write more, which says nothing here. */
final class CardText {
    private CardText() {}

    static String write(Card card) {
        return new JsonObject()
                .put("version", card.version())
                .put("roles", new JsonArray(card.roles()))
                .put("startedAt", card.startedAt().toString())
                .put("loops", card.loops())
                .put("heapUsed", card.heapUsed())
                .put("heapMax", card.heapMax())
                .put("draining", card.draining())
                .put("troubles", new JsonArray(card.troubles()))
                .put("partitions", card.partitions())
                .encode();
    }

    /** @throws RuntimeException for what is no card */
    static Card read(String pod, String text) {
        JsonObject json = new JsonObject(text);
        return new Card(
                pod,
                json.getString("version", ""),
                texts(json.getJsonArray("roles", new JsonArray())),
                Instant.parse(json.getString("startedAt")),
                json.getInteger("loops", 0),
                json.getLong("heapUsed", 0L),
                json.getLong("heapMax", 0L),
                json.getBoolean("draining", false),
                texts(json.getJsonArray("troubles", new JsonArray())),
                json.getInteger("partitions", 0));
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String::valueOf).toList();
    }
}
