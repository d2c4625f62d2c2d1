package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/** Files in PEM for a listener that speaks TLS; both null: it does not. */
public record ListenerTlsConfig(
        @Nullable String certificateFile, @Nullable String keyFile) {
    public static final ListenerTlsConfig NONE = new ListenerTlsConfig(null, null);

    public ListenerTlsConfig {
        Require.that(
                (certificateFile == null) == (keyFile == null),
                "%s: null (expected: a file, as the other one is given)",
                certificateFile == null ? "certificateFile" : "keyFile");
    }
}
