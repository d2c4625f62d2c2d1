package dev.sluice.delivery.policy;

import java.time.Duration;

/**
 * Lets 1, then 2, 4, 8 … attempts be under way; as many results make a step. A step of which nothing went well, up to the
 * failure share of it, opens the circuit again.
 */
final class HalfOpen implements Phase {
    private final Circuit circuit;
    /** How long the circuit was open before. */
    private final Duration openedFor;

    private int step = 1;
    private int results;
    private int failures;

    HalfOpen(Circuit circuit, Duration openedFor) {
        this.circuit = circuit;
        this.openedFor = openedFor;
    }

    @Override
    public Circuit.State state() {
        return Circuit.State.HALF_OPEN;
    }

    @Override
    public int allowance(long now) {
        return step;
    }

    @Override
    public long probeAt() {
        return 0;
    }

    @Override
    public void started(long now) {}

    @Override
    public void succeeded(long now) {
        results++;
        if (results == step) {
            stepUp();
        }
    }

    @Override
    public void failed(long now) {
        results++;
        failures++;
        boolean nothingWell = failures == results;
        boolean many = failures >= Math.max(Math.min(step, 2), circuit.config.failureShare() * step);
        if (nothingWell && many) {
            circuit.become(new Open(circuit, now, longer()), step == 1 ? "the probe failed" : "it fails again");
        } else if (results == step) {
            stepUp();
        }
    }

    private void stepUp() {
        step *= 2;
        results = 0;
        failures = 0;
        if (step >= circuit.limit()) {
            circuit.become(new Closed(circuit), "the endpoint answers again");
        }
    }

    private Duration longer() {
        Duration twice = openedFor.multipliedBy(2);
        Duration most = circuit.config.openForMax();
        return twice.compareTo(most) < 0 ? twice : most;
    }
}
