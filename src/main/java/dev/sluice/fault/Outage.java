package dev.sluice.fault;

/** A failure of something that is away for a while and says so itself: to be tried again soon, without a word. */
public interface Outage {
    static boolean is(Throwable cause) {
        return cause instanceof Outage;
    }
}
