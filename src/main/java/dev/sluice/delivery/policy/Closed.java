package dev.sluice.delivery.policy;

import java.util.Locale;

/** Lets everything through and watches the share of failures in the window. */
final class Closed implements Phase {
    private final Circuit circuit;
    private final RollingCounts counts;

    Closed(Circuit circuit) {
        this.circuit = circuit;
        this.counts = new RollingCounts(circuit.config.window());
    }

    @Override
    public Circuit.State state() {
        return Circuit.State.CLOSED;
    }

    @Override
    public int allowance(long now) {
        return Integer.MAX_VALUE;
    }

    @Override
    public long probeAt() {
        return 0;
    }

    @Override
    public void started(long now) {}

    @Override
    public void succeeded(long now) {
        counts.add(now, false);
    }

    @Override
    public void failed(long now) {
        counts.add(now, true);
        boolean enough = counts.calls() >= circuit.config.minimumCalls();
        double share = (double) counts.failures() / counts.calls();
        if (enough && share >= circuit.config.failureShare()) {
            String reason =
                    String.format(Locale.ROOT, "%d of the last %d attempts failed", counts.failures(), counts.calls());
            circuit.become(new Open(circuit, now, circuit.config.openFor()), reason);
        }
    }
}
