package dev.sluice.telemetry;

/** Where a pod is in its life, as it tells. */
public enum PodState {
    /** It becomes {@link #SERVING}, or ends. */
    STARTING,
    /** Until it is told to end. */
    SERVING,
    /** It ends what it has in hand. */
    DRAINING
}
