package dev.sluice.system;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a pod says of itself.
 *
 * @param roles    as the settings name them
 * @param loops    how many event loops it has
 * @param troubles what keeps Redis from what is promised, as this pod sees it; for people
 * @param partitions of the journal, as the pod goes by them; 0: it is of a version that does not say so
 */
public record Card(
        String pod,
        String version,
        List<String> roles,
        Instant startedAt,
        int loops,
        long heapUsed,
        long heapMax,
        boolean draining,
        List<String> troubles,
        int partitions) {
    /** A card is written so often. */
    public static final Duration EVERY = Duration.ofSeconds(2);

    /** Who wrote none for so long is gone. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    public Card {
        roles = List.copyOf(roles);
        troubles = List.copyOf(troubles);
    }
}
