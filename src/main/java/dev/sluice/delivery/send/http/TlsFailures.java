package dev.sluice.delivery.send.http;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import org.jspecify.annotations.Nullable;

/** Says why TLS failed, to a person who may have to get a certificate renewed. */
final class TlsFailures {
    private static final String ALERT = "Received fatal alert: ";

    private TlsFailures() {}

    /** One line, bounded. */
    static String detail(Throwable failure, String host) {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String known = known(cause, host);
            if (known != null) {
                return Failures.line(known);
            }
            last = cause;
        }
        return Failures.detail(last);
    }

    private static @Nullable String known(Throwable cause, String host) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof CertificateExpiredException) {
            return "the certificate of %s has expired (%s)".formatted(host, message);
        }
        if (cause instanceof CertificateNotYetValidException) {
            return "the certificate of %s is not valid yet (%s)".formatted(host, message);
        }
        if (cause instanceof CertPathBuilderException) {
            return "nobody whom Sluice trusts vouches for the certificate of %s: it is self-signed, or of a private CA, which"
                            .formatted(host)
                    + " tls.ca of the webhook or delivery.caFile can name";
        }
        if (message.startsWith("No subject alternative") || message.startsWith("No name matching")) {
            return "the certificate is not one for %s (%s)".formatted(host, message);
        }
        if (message.startsWith("Illegal given domain name")) {
            return "no certificate can be checked for %s (expected: a name of letters, digits, hyphens and dots; or http)"
                    .formatted(host);
        }
        int alert = message.indexOf(ALERT);
        return alert < 0 ? null : refused(message.substring(alert + ALERT.length()));
    }

    /** RFC 8446 §6.2: what servers send that want a client certificate, or another one. */
    private static @Nullable String refused(String alert) {
        return switch (alert) {
            case "certificate_required",
                    "bad_certificate",
                    "certificate_unknown",
                    "unknown_ca",
                    "certificate_expired" ->
                "the endpoint refused the client certificate, or wants one (%s): see tls.clientCertificate"
                        .formatted(alert);
            default -> null;
        };
    }
}
