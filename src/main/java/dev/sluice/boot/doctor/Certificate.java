package dev.sluice.boot.doctor;

import dev.sluice.subscription.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** When certificates end. */
final class Certificate {
    private static final Duration SOON = Duration.ofDays(30);

    private Certificate() {}

    /** Of a file of the settings. */
    static Finding ofFile(String setting, String file, Instant now) {
        try {
            return of(setting, Pem.certificates(Files.readString(Path.of(file))), now);
        } catch (IOException | InvalidPathException unreadable) {
            return Finding.wrong(setting, file + " cannot be read", "mount it, or let Sluice's user read it");
        } catch (IllegalArgumentException noPem) {
            return Finding.wrong(
                    setting, "%s: %s".formatted(file, noPem.getMessage()), "put certificates in PEM there");
        }
    }

    /** The first of them that ends. */
    static Finding of(String what, List<X509Certificate> chain, Instant now) {
        X509Certificate first = chain.stream()
                .min(Comparator.comparing(X509Certificate::getNotAfter))
                .orElseThrow(() -> new IllegalArgumentException("no certificate"));
        Instant end = first.getNotAfter().toInstant();
        String found = "%s ends %s".formatted(first.getSubjectX500Principal().getName(), end);
        if (end.isBefore(now)) {
            return Finding.wrong(what, found, "it is over: renew it");
        }
        return Finding.of(what, found, end.isAfter(now.plus(SOON)), "renew it soon");
    }
}
