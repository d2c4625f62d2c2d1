package dev.sluice.config;

/** How and how much is logged. */
public record LogConfig(Format format, String level) {
    public LogConfig {
        Require.that(
                level.matches("(?i)error|warn|info|debug|trace"),
                "level: %s (expected: error, warn, info, debug or trace)",
                level);
    }

    public enum Format {
        /** Text on a terminal, JSON elsewhere. */
        AUTO,
        TEXT,
        JSON
    }
}
