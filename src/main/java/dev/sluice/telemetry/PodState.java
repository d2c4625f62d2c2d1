package dev.sluice.telemetry;

import java.util.Locale;

/** Where a pod is in its life, as it tells. */
public enum PodState {
    /** It becomes {@link #SERVING}, perhaps by way of {@link #WARMING_UP}, or ends. */
    STARTING,
    /** It works for itself, so that its code is compiled; it becomes {@link #SERVING}, or ends. */
    WARMING_UP,
    /** Until it is told to end. */
    SERVING,
    /** It ends what it has in hand. */
    DRAINING;

    /** For people. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
