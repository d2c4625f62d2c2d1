package dev.sluice.delivery.history;

import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.Circuit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pod has to say of one webhook since it last said something.
 *
 * @param attempts to be kept, oldest first
 * @param cleared  what failed before counts no more: something was delivered, or the webhook was disabled
 * @param failed   an attempt failed, and nothing was delivered after it
 * @param last     the latest attempt, kept or not; null if there was none
 * @param circuit  the latest change of this pod's circuit; null if there was none
 */
public record Report(
        LaneKey lane,
        List<AttemptRecord> attempts,
        boolean cleared,
        boolean failed,
        @Nullable AttemptRecord last,
        @Nullable CircuitNews circuit) {

    public Report {
        attempts = List.copyOf(attempts);
    }

    /** @param reason for a person */
    public record CircuitNews(Circuit.State state, String reason) {}
}
