package dev.sluice.bus;

/** An immutable message that the bus hands over by reference, within this process only. */
public interface LocalMessage {}
