package dev.sluice.delivery.policy;

/** Hears of the changes of one circuit; each change is told once, after it happened. */
@FunctionalInterface
public interface CircuitListener {
    CircuitListener NONE = (from, to, reason) -> {};

    /** @param reason for a person */
    void circuitChanged(Circuit.State from, Circuit.State to, String reason);
}
