package dev.sluice.delivery.policy;

import dev.sluice.config.CircuitConfig;

/**
 * Keeps deliveries from an endpoint that fails. Confined to one lane; not thread-safe. Times are nanoseconds of one
 * {@link dev.sluice.time.Ticker}.
 *
 * <h2>How it works</h2>
 *
 * <pre>
 *     failure share reached, none well                probeAt passed, probe started
 *   CLOSED ─────────────────────────► OPEN ────────────────────────────────────────► HALF_OPEN
 *     ▲                                ▲  failure share reached: open twice as long      │
 *     │                                └─────────────────────────────────────────────────┤
 *     └───────────── steps of 1, 2, 4, 8 … attempts went well, up to the lane's own limit ┘
 * </pre>
 *
 * <p>What counts: {@link RetryRule#health}. An endpoint that answers 404 to everything is as dead as one that does
 * not answer; one that answers 429 is alive and full, which is the rate limit's business.
 *
 * <h2>Why not</h2>
 *
 * <p>Why not close at the first success: an endpoint that comes back under load goes down again if the whole backlog
 * meets it at once. Why not reopen at any failure while half-open: an endpoint that always fails one request in ten would
 * never get through 1 + 2 + 4 + 8 good ones.
 *
 * <p>Why not open for the share of failures alone: an endpoint that fails half of what it gets would be asked once in some
 * minutes, though the other half is well. What is too much for it is the {@link Window}'s business; the circuit is for
 * one that is down. So it opens where, besides the share, nothing went well for twice {@code minimumCalls} attempts or all
 * of the window; by chance that happens to one that fails half in a million attempts, and to one that fails nine
 * of ten within seconds.
 *
 * <p>Results carry no name, so what was started before the circuit opened is waited for before the probe, and never
 * mistaken for it: {@link #allowance} is of all attempts under way.
 */
public final class Circuit {
    /** The states; {@link #become} is the only way between them. */
    public enum State {
        /** To OPEN when enough calls in the window failed. */
        CLOSED,
        /** To HALF_OPEN when the probe starts. */
        OPEN,
        /** To OPEN when a step fails, to CLOSED when the last step went well. */
        HALF_OPEN
    }

    final CircuitConfig config;
    private final CircuitListener listener;

    // confined state
    private int limit;
    private Phase phase;
    private int inFlight;

    /** @param limit attempts that the lane has under way at once, at least 1 */
    public Circuit(CircuitConfig config, int limit, CircuitListener listener) {
        this.config = config;
        this.listener = listener;
        this.phase = new Closed(this);
        limit(limit);
    }

    /** @param limit attempts that the lane may have under way from now on, at least 1 */
    public void limit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: %d (expected: > 0)".formatted(limit));
        }
        this.limit = limit;
    }

    public State state() {
        return phase.state();
    }

    /** Whether one more attempt may start. */
    public boolean permits(long now) {
        return inFlight < allowance(now);
    }

    /** How many attempts may be under way now, those that are included: 0 to the lane's limit. */
    public int allowance(long now) {
        return Math.min(limit, phase.allowance(now));
    }

    /**
     * From when on the open circuit lets a probe through. Where {@link #permits} says no although this has passed, an
     * attempt under way is waited for, not time; where the circuit is not open this says nothing.
     */
    public long probeAt() {
        return phase.probeAt();
    }

    public void started(long now) {
        inFlight++;
        phase.started(now);
    }

    /** An attempt ended. One that told nothing leaves everything as it is, and its place to another. */
    public void ended(Health health, long now) {
        inFlight--;
        switch (health) {
            case WELL -> phase.succeeded(now);
            case UNWELL -> phase.failed(now);
            case UNKNOWN -> {}
        }
    }

    /** What is known is of another endpoint. Attempts under way are not to be told of any more. */
    public void startOver(String reason) {
        inFlight = 0;
        become(new Closed(this), reason);
    }

    int limit() {
        return limit;
    }

    void become(Phase next, String reason) {
        State from = phase.state();
        phase = next;
        if (from != next.state()) {
            listener.circuitChanged(from, next.state(), reason);
        }
    }
}
