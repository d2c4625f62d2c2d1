package dev.sluice.delivery.send.http;

import dev.sluice.subscription.Pem;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed. Immutable; any thread. */
public final class Trust {
    private final @Nullable TrustOptions usual;

    private Trust(@Nullable TrustOptions usual) {
        this.usual = usual;
    }

    /**
     * Those of the JDK, and those in a file.
     *
     * <p>One key store with both, and not one trust manager behind the other: it is the JDK's own manager then that
     * checks the chain and the name, in one piece.
     *
     * @param caFile PEM, or null
     * @throws IllegalArgumentException if it cannot be read
     */
    public static Trust with(@Nullable String caFile) {
        if (caFile == null) {
            return new Trust(null);
        }
        try {
            List<X509Certificate> all = new ArrayList<>(Pem.certificates(Files.readString(Path.of(caFile))));
            all.addAll(ofTheJdk());
            return new Trust(trusting(all));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "delivery.caFile: %s (expected: a file that can be read)".formatted(caFile), unreadable);
        } catch (IllegalArgumentException noPem) {
            throw new IllegalArgumentException("delivery.caFile: %s: %s".formatted(caFile, noPem.getMessage()), noPem);
        }
    }

    /** Null: those of the JDK alone. */
    @Nullable
    public TrustOptions usual() {
        return usual;
    }

    /** @param pem certificates that may vouch for the endpoint, or its own */
    static TrustOptions only(String pem) {
        return trusting(Pem.certificates(pem));
    }

    private static TrustOptions trusting(List<X509Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            return TrustOptions.wrap(factory(store));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<X509Certificate> ofTheJdk() {
        try {
            for (TrustManager manager : factory(null).getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return List.of(x509.getAcceptedIssuers());
                }
            }
            return List.of();
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
