package dev.sluice.admin.delivery;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Split;
import dev.sluice.delivery.policy.Split.Part;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the time of an attempt went, as users see it. Parts that it did not have are absent. */
public final class TimingViews {
    private static final Map<Part, String> NAMES = Map.of(
            Part.DNS, "dns", Part.CONNECT, "connect", Part.TLS, "tls", Part.FIRST_BYTE, "firstByte", Part.BODY, "body");

    private TimingViews() {}

    /** Null where nothing is known of it. */
    public static @Nullable JsonObject of(Answer answer) {
        Part failedIn = answer instanceof Answer.Failure failure ? failure.failedIn() : null;
        return of(answer.split(), failedIn);
    }

    static @Nullable JsonObject of(Split split, @Nullable Part failedIn) {
        if (split.last() == null) {
            return null;
        }
        JsonObject json = new JsonObject();
        for (Part part : Part.values()) {
            int ms = split.of(part);
            if (ms != Split.NONE) {
                json.put(NAMES.get(part) + "Ms", ms);
            }
        }
        if (split.isOnKeptConnection()) {
            json.put("keptConnection", true);
        }
        return failedIn == null ? json : json.put("failedIn", NAMES.get(failedIn));
    }
}
