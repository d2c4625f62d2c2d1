package dev.sluice.bench.worker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Warnings only, whatever the gateway's own configuration says: the libraries must not log while they are measured. */
public final class QuietLog {
    private QuietLog() {}

    public static void install() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    }
}
