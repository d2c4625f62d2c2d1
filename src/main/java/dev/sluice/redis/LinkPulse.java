package dev.sluice.redis;

import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/** Whether Redis has the data that it had: a flush or an empty start begins a new pulse, a backup has fewer beats. */
final class LinkPulse {
    static final Script SCRIPT = Script.load("lua/redis-pulse.lua").evenWhenFull();

    private @Nullable String began;
    private long beats;

    static ScriptCall call() {
        return SCRIPT.on(Keys.PULSE);
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
