package dev.sluice.warmup;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * What the threads of a group log is dropped until this is closed. A thread is of the group of the one that made it, so that
 * those of the twin are of that of the warm-up; and what they say, such as that an embedded Redis is for development only, is
 * about no pod that anybody runs.
 */
final class Hush extends TurboFilter implements AutoCloseable {
    private final ThreadGroup group;
    private final LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();

    Hush(ThreadGroup group) {
        this.group = group;
        logs.addTurboFilter(this);
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        return Thread.currentThread().getThreadGroup() == group ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    @Override
    public void close() {
        logs.getTurboFilterList().remove(this);
    }
}
