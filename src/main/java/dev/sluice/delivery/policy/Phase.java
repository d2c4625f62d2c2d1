package dev.sluice.delivery.policy;

/** What a circuit does while it is in one state. Told of every start and result, in the order in which they happen. */
interface Phase {
    Circuit.State state();

    int allowance(long now);

    long probeAt();

    void started(long now);

    void succeeded(long now);

    void failed(long now);
}
