package dev.sluice.boot.tls;

import dev.sluice.http.tls.Identity;
import dev.sluice.subscription.Pem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * Two files in PEM (RFC 7468): a key, and the certificates that vouch for it, its own first. Reading blocks, and throws an
 * {@link IllegalArgumentException} that names the setting if they are anything else.
 *
 * @param setting of the listener, such as {@code http.tls}
 */
record KeyPairFiles(Vertx vertx, String setting, Path certificateFile, Path keyFile) implements Supplier<Identity> {
    /** More is no certificate. */
    private static final int MOST_BYTES = 1 << 20;

    @Override
    public Identity get() {
        Buffer certificates = bytes("certificateFile", certificateFile);
        Buffer key = bytes("keyFile", keyFile);
        X509Certificate leaf = leaf(certificates);
        if (!Pem.belongTogether(key(leaf, certificates, key), leaf.getPublicKey())) {
            throw wrong("keyFile", keyFile, "is not the key of the first certificate in " + certificateFile, "its key");
        }
        return new Identity(certificates, key, leaf);
    }

    private Buffer bytes(String name, Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw wrong(name, file, "is larger than a MiB", "a file in PEM");
            }
            return Buffer.buffer(bytes);
        } catch (NoSuchFileException missing) {
            throw wrong(name, file, "is not there", "a file in PEM");
        } catch (IOException unreadable) {
            throw wrong(name, file, "cannot be read: " + unreadable.getMessage(), "a file in PEM");
        }
    }

    private X509Certificate leaf(Buffer certificates) {
        try {
            return Pem.certificates(certificates.toString(StandardCharsets.ISO_8859_1))
                    .get(0);
        } catch (IllegalArgumentException broken) {
            throw wrong("certificateFile", certificateFile, String.valueOf(broken.getMessage()), "PEM, its own first");
        }
    }

    /** By Vert.x, which knows more forms of keys than {@link Pem}: PKCS #1, as cert-manager has it, among them. */
    private PrivateKey key(X509Certificate leaf, Buffer certificates, Buffer key) {
        try {
            PemKeyCertOptions both =
                    new PemKeyCertOptions().addCertValue(certificates).addKeyValue(key);
            for (KeyManager manager : both.getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager keys) {
                    String type = leaf.getPublicKey().getAlgorithm();
                    return keys.getPrivateKey(Objects.requireNonNull(keys.getServerAliases(type, null))[0]);
                }
            }
            throw new GeneralSecurityException("no key manager");
        } catch (Exception broken) {
            throw wrong(
                    "keyFile",
                    keyFile,
                    "holds no key that can be used: " + broken.getMessage(),
                    "-----BEGIN PRIVATE KEY----- without a password, RSA or EC");
        }
    }

    private IllegalArgumentException wrong(String name, Path file, String what, String expected) {
        return new IllegalArgumentException(
                "%s.%s: %s: %s (expected: %s)".formatted(setting, name, file, what, expected));
    }
}
