package dev.sluice.delivery.history.redis;

import dev.sluice.delivery.history.Standing;
import dev.sluice.delivery.policy.Circuit;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a webhook as the fields of a hash. */
final class StandingFields {
    private StandingFields() {}

    /** @param fields name, value, name, value */
    static Optional<Standing> read(String webhookId, Response fields) {
        Map<String, String> known = new HashMap<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            known.put(fields.get(i).toString(), fields.get(i + 1).toString());
        }
        if (!known.containsKey("tenant")) {
            return Optional.empty();
        }
        String circuit = known.getOrDefault("circuit", "closed");
        String last = known.get("last");
        return Optional.of(new Standing(
                known.getOrDefault("tenant", ""),
                Circuit.State.valueOf(circuit.toUpperCase(Locale.ROOT)),
                instant(known.get("circuitsince")),
                known.get("circuitreason"),
                instant(known.get("failingsince")),
                last == null ? null : AttemptLine.read(webhookId, last)));
    }

    private static @Nullable Instant instant(@Nullable String millis) {
        return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
