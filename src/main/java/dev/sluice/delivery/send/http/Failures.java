package dev.sluice.delivery.send.http;

import dev.sluice.delivery.policy.Answer.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** Names the ways in which an exchange breaks. */
public final class Failures {
    private static final int LONGEST_DETAIL = 300;

    private Failures() {}

    /** Whatever is not about TLS or connecting broke the exchange itself. */
    static Kind kind(Throwable failure) {
        Kind kind = Kind.BROKEN;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || cause instanceof CertificateException) {
                return Kind.TLS;
            }
            if (couldNotConnect(cause)) {
                kind = Kind.CONNECT;
            }
        }
        return kind;
    }

    private static boolean couldNotConnect(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof NoRouteToHostException;
    }

    /** For a person; one line, bounded. */
    public static String detail(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        return line(Errno.inWords(text));
    }

    public static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL);
    }
}
