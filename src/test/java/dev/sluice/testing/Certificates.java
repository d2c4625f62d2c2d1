package dev.sluice.testing;

import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Certificates and keys that nobody else trusts: {@code src/test/resources/certificates} says which. */
public final class Certificates {
    private Certificates() {}

    /** The text of one of them, such as {@code server.pem} or {@code client-a.key}. */
    public static String pem(String file) {
        try {
            return Files.readString(Path.of(path(file))).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    public static String path(String file) {
        try {
            return Path.of(Objects.requireNonNull(Certificates.class.getResource("/certificates/" + file))
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** For a server or a client that shows it. */
    public static PemKeyCertOptions keyPair(String name) {
        return new PemKeyCertOptions().setCertPath(path(name + ".pem")).setKeyPath(path(name + ".key"));
    }

    public static PemTrustOptions trusting(String name) {
        return new PemTrustOptions().addCertPath(path(name + ".pem"));
    }

    /** For a client that wants to see what a server shows, whatever it is. */
    public static SSLContext trustingAnybody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
