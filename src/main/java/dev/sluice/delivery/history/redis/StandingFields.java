package dev.sluice.delivery.history.redis;

import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.history.Standing;
import dev.sluice.delivery.policy.Circuit;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of a webhook as the fields of a hash. */
final class StandingFields {
    private StandingFields() {}

    /**
     * @param fields name, value, name, value
     * @param line   reads the last attempt; null for one that cannot be read
     */
    static Optional<Standing> read(Response fields, Function<String, @Nullable AttemptRecord> line) {
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
                state(circuit),
                instant(known.get("circuitsince")),
                known.get("circuitreason"),
                instant(known.get("failingsince")),
                last == null ? null : line.apply(last)));
    }

    /** A pod of a later version may know more states; none of them is as it should be. */
    private static Circuit.State state(String text) {
        return Stream.of(Circuit.State.values())
                .filter(state -> state.name().equalsIgnoreCase(text))
                .findFirst()
                .orElse(Circuit.State.OPEN);
    }

    private static @Nullable Instant instant(@Nullable String millis) {
        return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
