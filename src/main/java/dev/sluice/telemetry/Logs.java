package dev.sluice.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.sluice.config.LogConfig;
import java.io.Console;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Logs to standard output, in one of two forms: text for people, one JSON object a line for machines. Both show the
 * key/value pairs of a message.
 *
 * <p>There is no logback.xml: what can be chosen is a setting, and problems with settings are told like all others.
 */
public final class Logs {
    private static final String VERTX_LOGGING = "vertx.logger-delegate-factory-class-name";

    /**
     * It warns when a gauge is registered again, which Vert.x does with each request to find the number behind it. What
     * goes wrong with a meter is told by the registry for Prometheus.
     */
    private static final String REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    /** It tells each connection that ends early, with a stack trace; the link says that Redis is away, and why. */
    private static final String REDIS_CLIENT = "io.vertx.redis.client.impl.RedisConnectionManager";

    private Logs() {}

    /** Takes the place of all logging set up before. To be called before the first use of Vert.x. */
    public static void configure(LogConfig config) {
        if (System.getProperty(VERTX_LOGGING) == null) {
            System.setProperty(VERTX_LOGGING, "io.vertx.core.logging.SLF4JLogDelegateFactory");
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        configure(context, config, isTerminal(System.console()), new ConsoleAppender<>());
    }

    static void configure(
            LoggerContext context, LogConfig config, boolean terminal, OutputStreamAppender<ILoggingEvent> output) {
        context.reset();
        LogText.register(context);
        boolean text =
                config.format() == LogConfig.Format.TEXT || (config.format() == LogConfig.Format.AUTO && terminal);
        Encoder<ILoggingEvent> encoder = text ? text() : json();
        encoder.setContext(context);
        encoder.start();
        output.setContext(context);
        output.setEncoder(encoder);
        output.start();

        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(output);
        context.getLogger("dev.sluice").setLevel(Level.valueOf(config.level()));
        context.getLogger(REGISTRY).setLevel(Level.ERROR);
        context.getLogger(REDIS_CLIENT).setLevel(Level.OFF);
    }

    private static Encoder<ILoggingEvent> text() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(LogText.PATTERN);
        return encoder;
    }

    /** The formatted message alone: Sluice's own are constant, those of libraries are read by people. */
    private static Encoder<ILoggingEvent> json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithArguments(false);
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        return encoder;
    }

    /** From Java 22 on there is a console also where output is piped; it then has a method that says so. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}
