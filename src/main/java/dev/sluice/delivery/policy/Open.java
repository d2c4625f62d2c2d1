package dev.sluice.delivery.policy;

import java.time.Duration;

/** Lets nothing through until its time is over, then one probe. Late results of older attempts change nothing. */
final class Open implements Phase {
    private final Circuit circuit;
    private final Duration openFor;
    private final long probeAt;

    Open(Circuit circuit, long now, Duration openFor) {
        this.circuit = circuit;
        this.openFor = openFor;
        this.probeAt = now + openFor.toNanos();
    }

    @Override
    public Circuit.State state() {
        return Circuit.State.OPEN;
    }

    @Override
    public int allowance(long now) {
        return now - probeAt >= 0 ? 1 : 0;
    }

    @Override
    public long probeAt() {
        return probeAt;
    }

    @Override
    public void started(long now) {
        circuit.become(new HalfOpen(circuit, openFor), "probe");
    }

    @Override
    public void succeeded(long now) {}

    @Override
    public void failed(long now) {}
}
