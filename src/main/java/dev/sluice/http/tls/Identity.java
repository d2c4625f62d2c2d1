package dev.sluice.http.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * As whom a listener shows itself.
 *
 * @param certificates as they are in their file, and {@code key} as it is in its own
 * @param leaf         the first of the certificates, which is of the key
 */
public record Identity(Buffer certificates, Buffer key, X509Certificate leaf) {
    private static final Set<String> VERSIONS = new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));

    /** After which its clients refuse it. */
    public Instant end() {
        return leaf.getNotAfter().toInstant();
    }

    boolean isSameAs(Identity other) {
        return certificates.equals(other.certificates) && key.equals(other.key);
    }

    public ServerSSLOptions options() {
        return new ServerSSLOptions()
                .setKeyCertOptions(
                        new PemKeyCertOptions().addCertValue(certificates).addKeyValue(key))
                .setEnabledSecureTransportProtocols(VERSIONS)
                .setUseAlpn(true)
                .setApplicationLayerProtocols(List.of(HttpVersion.HTTP_2.alpnName(), HttpVersion.HTTP_1_1.alpnName()));
    }

    @Override
    public String toString() {
        return leaf.getSubjectX500Principal() + " until " + end();
    }
}
