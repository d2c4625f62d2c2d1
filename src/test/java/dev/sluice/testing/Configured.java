package dev.sluice.testing;

import dev.sluice.config.SourceConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sources as a configuration names them. */
public final class Configured {
    private Configured() {}

    public static SourceConfig source(String dialect) {
        return source(dialect, null);
    }

    public static SourceConfig source(String dialect, @Nullable String token) {
        return new SourceConfig(dialect, null, token, null, null, List.of());
    }
}
