package dev.sluice.delivery.policy;

import java.util.Locale;

/**
 * Lets everything through and watches the share of failures in the window. One that answers some well, whatever it does
 * with the others, is not down: only where nothing at all goes well for a while it opens.
 */
final class Closed implements Phase {
    private final Circuit circuit;
    private final RollingCounts counts;
    private int inARow;

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
        inARow = 0;
    }

    @Override
    public void failed(long now) {
        counts.add(now, true);
        inARow++;
        boolean enough = counts.calls() >= circuit.config.minimumCalls();
        boolean nothingWell = inARow >= Math.min(counts.calls(), 2 * circuit.config.minimumCalls());
        double share = (double) counts.failures() / counts.calls();
        if (enough && nothingWell && share >= circuit.config.failureShare()) {
            String reason =
                    String.format(Locale.ROOT, "%d of the last %d attempts failed", counts.failures(), counts.calls());
            circuit.become(new Open(circuit, now, circuit.config.openFor()), reason);
        }
    }
}
