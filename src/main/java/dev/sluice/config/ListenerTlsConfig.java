package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/** Files in PEM for a listener that speaks TLS; both null: it does not; one alone is refused at the start. */
public record ListenerTlsConfig(
        @Nullable String certificateFile, @Nullable String keyFile) {
    public static final ListenerTlsConfig NONE = new ListenerTlsConfig(null, null);
}
