package dev.sluice.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.CoreConstants;
import dev.sluice.http.PlainText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/**
 * The words of the text log's pattern. Whatever is logged may have come from outside: it stays on its line, and within its
 * quotes. Only a stack trace has more lines, each indented, so that none looks like a message.
 */
final class LogText {
    static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %-20logger{0} %plainMessage %plainPairs%n%indentedTrace";

    private LogText() {}

    static void register(LoggerContext context) {
        Map<String, String> words = new HashMap<>();
        words.put("plainMessage", Message.class.getName());
        words.put("plainPairs", Pairs.class.getName());
        words.put("indentedTrace", Trace.class.getName());
        context.putObject(CoreConstants.PATTERN_RULE_REGISTRY, words);
    }

    public static final class Message extends ClassicConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return PlainText.escaped(String.valueOf(event.getFormattedMessage()));
        }
    }

    public static final class Pairs extends ClassicConverter {
        @Override
        public String convert(ILoggingEvent event) {
            List<KeyValuePair> pairs = event.getKeyValuePairs();
            return pairs == null ? "" : pairs.stream().map(Pairs::text).collect(Collectors.joining(" "));
        }

        private static String text(KeyValuePair pair) {
            String value = String.valueOf(pair.value).replace("\\", "\\\\").replace("\"", "\\\"");
            return PlainText.escaped("%s=\"%s\"".formatted(pair.key, value));
        }
    }

    public static final class Trace extends ThrowableProxyConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return super.convert(event)
                    .lines()
                    .map(line -> "    " + PlainText.escaped(line.replace("\t", "    ")) + System.lineSeparator())
                    .collect(Collectors.joining());
        }
    }
}
