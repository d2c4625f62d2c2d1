package dev.sluice.replay;

/** Told what replays of this pod do. */
public interface ReplayListener {
    ReplayListener NONE = new ReplayListener() {};

    /** Deliveries that began to wait: a lane claims each of them, as it does what it had parked itself. */
    default void queued(long deliveries) {}

    /** @param change signed: replays that this pod works on at this moment */
    default void working(int change) {}
}
