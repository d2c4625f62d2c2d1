package dev.sluice.bench.lab;

/** Whose CPU time it is. */
public enum Party {
    /** The gateway, or the bare program that is its floor. */
    SUBJECT("gateway or floor"),
    REDIS("Redis"),
    LOAD("load"),
    RECEIVER("receiver");

    private final String title;

    Party(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
