package dev.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import dev.sluice.config.LogConfig;
import dev.sluice.config.LogConfig.Format;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LogsTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();

    @Test
    void writesTextWithKeysAndValuesToATerminal() {
        configure(Format.AUTO, "info", true);
        logger().atInfo()
                .addKeyValue("webhook", "wh_1")
                .addKeyValue("failures", 3)
                .log("Circuit opened");
        assertThat(lines())
                .singleElement()
                .asString()
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  Lane +Circuit opened webhook=\"wh_1\" failures=\"3\"");
    }

    @Test
    void keepsWhatComesFromOutsideOnItsLineAndWithinItsQuotes() {
        configure(Format.TEXT, "info", true);
        String forged = "a\n00:00:00.000 INFO  Keys created\u2028\u202e\u001b[31m";
        logger().atInfo().addKeyValue("key", forged + "\" role=\"admin").log("Created {}", forged);
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("Created a\\n00:00:00.000 INFO  Keys created\\u2028\\u202e\\u001b[31m key=\"a\\n00:00")
                .endsWith("\\\" role=\\\"admin\"");
    }

    @Test
    void indentsWhatBelongsToAFailure() {
        configure(Format.TEXT, "info", true);
        logger().atError()
                .setCause(new IllegalStateException("why\n00:00:00.000 INFO  Keys forged"))
                .log("Failed");
        assertThat(lines()).hasSizeGreaterThan(2);
        assertThat(lines().subList(1, lines().size())).allMatch(line -> line.startsWith("    "));
        assertThat(lines().get(1)).contains("IllegalStateException: why");
    }

    @Test
    void writesOneJsonObjectALineElsewhere() {
        configure(Format.AUTO, "info", false);
        logger().atWarn()
                .addKeyValue("webhook", "wh_1")
                .setCause(new IllegalStateException("why"))
                .log("Line {}\nand \"line\"", 1);
        JsonObject line = new JsonObject(lines().get(0));
        assertThat(lines()).hasSize(1);
        assertThat(line.getString("level")).isEqualTo("WARN");
        assertThat(line.getString("loggerName")).isEqualTo("dev.sluice.delivery.lane.Lane");
        assertThat(line.getString("formattedMessage")).isEqualTo("Line 1\nand \"line\"");
        assertThat(line.getJsonArray("kvpList"))
                .isEqualTo(new JsonArray().add(new JsonObject().put("webhook", "wh_1")));
        assertThat(line.getJsonObject("throwable").getString("message")).isEqualTo("why");
        assertThat(line.getLong("timestamp")).isPositive();
    }

    @Test
    void writesTheFormThatWasAskedForWhereverItGoes() {
        configure(Format.JSON, "info", true);
        logger().info("one");
        configure(Format.TEXT, "info", false);
        logger().info("two");
        assertThat(lines().get(0)).startsWith("{");
        assertThat(lines().get(1)).contains(" INFO ");
    }

    @Test
    void holdsLibrariesToWarnings() {
        configure(Format.TEXT, "debug", true);
        Logger library = context.getLogger("io.netty.channel");
        library.info("quiet");
        library.warn("loud");
        logger().debug("own");
        logger().trace("too much");
        assertThat(lines())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).contains("loud"),
                        second -> assertThat(second).contains("own"));
    }

    @BeforeEach
    void setUpContext() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    private void configure(Format format, String level, boolean terminal) {
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setOutputStream(output);
        Logs.configure(context, new LogConfig(format, level), terminal, appender);
    }

    private Logger logger() {
        return context.getLogger("dev.sluice.delivery.lane.Lane");
    }

    private List<String> lines() {
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
