package dev.sluice.subscription;

import org.jspecify.annotations.Nullable;

/**
 * What a webhook wants of TLS beyond the usual. All text is PEM; equal texts are equal profiles, and share connections.
 *
 * @param clientCertificate the chain that Sluice shows, its own certificate first; null with a null {@code clientKey}
 * @param clientKey         PKCS#8, not encrypted
 * @param ca                the only certificates that may vouch for the endpoint, or its own; null: those that vouch for
 *     all
 */
public record TlsProfile(
        @Nullable String clientCertificate,
        @Nullable String clientKey,
        @Nullable String ca) {
    public TlsProfile {
        if ((clientCertificate == null) != (clientKey == null)) {
            throw new IllegalArgumentException("clientKey: one of two (expected: certificate and key, or neither)");
        }
    }

    @Override
    public String toString() {
        return "TlsProfile[%s%s]".formatted(clientKey == null ? "" : "client certificate ", ca == null ? "" : "ca");
    }
}
