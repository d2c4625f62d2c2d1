package dev.sluice.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is logged at ERROR, by whomever, until it is closed. */
public final class LoggedErrors extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    public LoggedErrors() {
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            String cause = event.getThrowableProxy() == null
                    ? ""
                    : " " + event.getThrowableProxy().getClassName() + ": "
                            + event.getThrowableProxy().getMessage();
            errors.add(event.getLoggerName() + " " + event.getFormattedMessage() + cause);
        }
    }

    public List<String> all() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        root.detachAppender(this);
    }
}
