package dev.sluice.config;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * How a pod runs.
 *
 * @param eventLoops   0: one for each processor
 * @param drainTimeout how long a drain may take
 * @param warmUp       how long the pod may work for itself before it is ready; zero: not at all
 */
public record RuntimeConfig(int eventLoops, List<PodRole> roles, Duration drainTimeout, Duration warmUp) {
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(1);

    public RuntimeConfig {
        Require.that(eventLoops >= 0 && eventLoops <= 256, "eventLoops: %d (expected: 0 to 256)", eventLoops);
        Require.that(!roles.isEmpty(), "roles: none (expected: one or more of ingest, deliver, api)");
        roles = List.copyOf(EnumSet.copyOf(roles));
        Require.positive(drainTimeout, "drainTimeout");
        Require.that(
                !warmUp.isNegative() && warmUp.compareTo(LONGEST_WARM_UP) <= 0,
                "warmUp: %s (expected: 0s to 60s)",
                warmUp);
    }

    /** What a pod does. Each may have pods of its own, and a pod without a role starts nothing of it. */
    public enum PodRole {
        /** Takes events in. */
        INGEST,
        /** Reads the journal, fans out, delivers, retries and replays. */
        DELIVER,
        /** Serves the REST API and the console. */
        API;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean delivers() {
        return roles.contains(PodRole.DELIVER);
    }

    /** Whether the pod has anything to do for whoever calls {@code http.port}. */
    public boolean listens() {
        return roles.contains(PodRole.INGEST) || roles.contains(PodRole.API);
    }
}
