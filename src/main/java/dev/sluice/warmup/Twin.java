package dev.sluice.warmup;

/** A pod that nobody else knows. Any thread may stop it, also while another one starts it. */
public interface Twin {
    /** Blocks until it serves. */
    void start();

    /** Where its API listens. */
    String url();

    /** Blocks until it has ended. */
    void stop();
}
