package dev.sluice.delivery.history;

import dev.sluice.delivery.policy.Circuit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a webhook as a whole, over all pods.
 *
 * @param circuit       of the pod whose circuit changed last
 * @param circuitSince  when it changed; null if it never did
 * @param circuitReason for a person
 * @param failingSince  nothing was delivered since; null if something was, or nothing was tried
 * @param last          the latest attempt; null if there was none
 */
public record Standing(
        String tenant,
        Circuit.State circuit,
        @Nullable Instant circuitSince,
        @Nullable String circuitReason,
        @Nullable Instant failingSince,
        @Nullable AttemptRecord last) {}
