package dev.sluice.sim.redis;

/** A string. */
record Text(String text) implements Value {
    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public Value copy() {
        return this;
    }
}
