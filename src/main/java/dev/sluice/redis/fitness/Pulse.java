package dev.sluice.redis.fitness;

import dev.sluice.redis.Keys;
import dev.sluice.redis.Script;
import dev.sluice.redis.ScriptCall;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether Redis has the data that it had: a flush or an empty start begins a new pulse, a backup and a replica that missed
 * something have fewer beats. In a cluster there are so many pulses, spread over the slots, that each master has one.
 * Confined to one context.
 */
final class Pulse {
    static final Script SCRIPT = Script.load("lua/redis-pulse.lua").evenWhenFull();

    private final String key;

    // confined state
    private @Nullable String began;
    private long beats;

    private Pulse(String key) {
        this.key = key;
    }

    static List<Pulse> of(boolean isOneServer) {
        Stream<String> keys = isOneServer
                ? Stream.of(Keys.PULSE)
                : IntStream.range(0, Keys.SPREAD_PULSES).mapToObj(Keys::pulse);
        return keys.map(Pulse::new).toList();
    }

    ScriptCall call() {
        return SCRIPT.on(key);
    }

    /** Answers false for data that is not what it was at the beat before. */
    boolean goesOn(Response beat) {
        String since = beat.get(0).toString();
        long now = beat.get(1).toLong();
        boolean isSame = began == null || (began.equals(since) && now > beats);
        began = since;
        beats = now;
        return isSame;
    }
}
