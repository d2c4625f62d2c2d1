package dev.sluice.delivery.stage;

/** Runs something when the event loop has done what it is at: what belongs together is collected until then. */
@FunctionalInterface
public interface EndOfTurn {
    void run(Runnable action);
}
