package dev.sluice.sim;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Nobody reads what thousands of pods log while they are troubled on purpose. */
final class Silence {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.sluice");

    private Silence() {}

    static void begin() {
        LOG.setLevel(Level.OFF);
    }

    static void end() {
        LOG.setLevel(null);
    }
}
