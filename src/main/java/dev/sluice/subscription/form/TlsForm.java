package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.subscription.Pem;
import dev.sluice.subscription.TlsProfile;
import io.vertx.core.json.JsonObject;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code tls}; what could not work later is refused when it is saved. */
final class TlsForm {
    /** What is seen but not set may be sent back. */
    private static final Set<String> MEMBERS =
            Set.of("clientCertificate", "clientKey", "ca", "clientCertificateExpiresAt");

    private static final Set<String> KEY_ALGORITHMS = Set.of("RSA", "EC");
    private static final int MAX_CHAIN = 32 * 1024;
    private static final int MAX_KEY = 16 * 1024;
    private static final int MAX_CA = 64 * 1024;

    private TlsForm() {}

    /**
     * Null if there is nothing in it, or it was refused.
     *
     * @param old whose key a masked one stands for, if it belongs to the certificate
     * @param now a new certificate that has expired is refused; a stored one stays, so that the rest can be changed
     */
    static @Nullable TlsProfile read(Field field, @Nullable TlsProfile old, Instant now) {
        if (field.isAbsent()) {
            return null;
        }
        field.expectOnly(MEMBERS);
        Field chain = field.member("clientCertificate");
        String certificate = chain.text(MAX_CHAIN);
        String key = key(field.member("clientKey"), chain, certificate, old);
        if (certificate != null) {
            boolean stored = old != null && certificate.equals(old.clientCertificate());
            checkClient(chain, field.member("clientKey"), certificate, key, stored ? Instant.MIN : now);
        }
        String ca = field.member("ca").text(MAX_CA);
        if (ca != null) {
            certificates(field.member("ca"), ca);
        }
        boolean half = (certificate == null) != (key == null);
        return half || (certificate == null && ca == null) ? null : new TlsProfile(certificate, key, ca);
    }

    private static @Nullable String key(
            Field field, Field chain, @Nullable String certificate, @Nullable TlsProfile old) {
        if (!chain.isAbsent()) {
            String kept = old == null ? null : old.clientKey();
            String key = SecretText.read(field, MAX_KEY, kept, "key yet");
            return certificate == null || key == null ? null : key.strip();
        }
        if (!field.isAbsent() && !Mask.isMask(field.text(MAX_KEY))) {
            chain.refuse("missing (expected: the certificate of clientKey)");
        }
        return null;
    }

    private static void checkClient(
            Field chain, Field keyField, String certificate, @Nullable String key, Instant now) {
        List<X509Certificate> certificates = certificates(chain, certificate);
        if (certificates.isEmpty()) {
            return;
        }
        X509Certificate own = certificates.get(0);
        String algorithm = own.getPublicKey().getAlgorithm();
        if (!KEY_ALGORITHMS.contains(algorithm)) {
            chain.refuse("a key of the kind %s (expected: RSA or EC)", algorithm);
        } else if (own.getNotAfter().toInstant().isBefore(now)) {
            chain.refuse("expired at %s", own.getNotAfter().toInstant());
        } else if (key != null) {
            checkKey(keyField, key, own);
        }
    }

    private static void checkKey(Field field, String key, X509Certificate certificate) {
        try {
            PrivateKey parsed = Pem.privateKey(key, certificate.getPublicKey().getAlgorithm());
            if (!Pem.belongTogether(parsed, certificate.getPublicKey())) {
                field.refuse("not the key of the first certificate (expected: that one)");
            }
        } catch (IllegalArgumentException unreadable) {
            field.refuse("%s", String.valueOf(unreadable.getMessage()));
        }
    }

    /** Empty, and refused, if it cannot be read. */
    private static List<X509Certificate> certificates(Field field, String pem) {
        try {
            return Pem.certificates(pem);
        } catch (IllegalArgumentException unreadable) {
            field.refuse("%s", String.valueOf(unreadable.getMessage()));
            return List.of();
        }
    }

    /** Members without a value are absent. */
    static JsonObject masked(TlsProfile tls) {
        JsonObject json = withoutKey(tls);
        String certificate = tls.clientCertificate();
        if (certificate != null) {
            X509Certificate own = Pem.certificates(certificate).get(0);
            json.put("clientKey", Mask.TEXT)
                    .put(
                            "clientCertificateExpiresAt",
                            own.getNotAfter().toInstant().toString());
        }
        return json;
    }

    static JsonObject withoutKey(TlsProfile tls) {
        JsonObject json = new JsonObject();
        WebhookViews.putIfPresent(json, "clientCertificate", tls.clientCertificate());
        WebhookViews.putIfPresent(json, "ca", tls.ca());
        return json;
    }
}
