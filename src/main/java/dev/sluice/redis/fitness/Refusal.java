package dev.sluice.redis.fitness;

import dev.sluice.redis.address.RedisAccess;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.line.Sentinels;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a Redis cannot be used, in one line: the setting, what was found, what was expected. */
final class Refusal {
    private Refusal() {}

    static String of(RedisTarget target, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        String login = message.startsWith("WRONGPASS") || message.startsWith("NOAUTH") || message.startsWith("NOPERM")
                ? login(target, message)
                : null;
        if (login != null) {
            return login;
        }
        NoSuchFileException file = in(cause, NoSuchFileException.class);
        if (file != null) {
            return "%s: %s (expected: a file that can be read)"
                    .formatted(setting(target, file.getFile()), file.getFile());
        }
        if (in(cause, SSLException.class) != null || in(cause, CertificateException.class) != null) {
            return tls(target, cause);
        }
        if (cause instanceof TimeoutException) {
            return "redis.uri: %s does not answer within %s (expected: a Redis%s)"
                    .formatted(target, target.commandTimeout(), target.address().tls() ? " that speaks TLS" : "");
        }
        String hint = !target.address().tls() && message.contains("CONNECTION_CLOSED")
                ? "; where it wants TLS, redis.uri begins with rediss://"
                : "";
        return "redis.uri: %s cannot be used: %s%s".formatted(target, message, hint);
    }

    static String ofSentinels(RedisTarget target, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof Sentinels.UnknownMaster) {
            return "redis.uri: the Sentinels at %s watch no master named %s (expected: a name that stands in their sentinel.conf)"
                    .formatted(target, target.address().name());
        }
        if (message.startsWith("WRONGPASS") || message.startsWith("NOAUTH")) {
            return "redis.sentinel.password: %s (expected: the one of the Sentinels at %s)"
                    .formatted(target.access().sentinelPassword() == null ? "none" : "not theirs", target);
        }
        if (message.contains("unknown command")) {
            return "redis.uri: %s is no Sentinel (expected: redis:// for a Redis by itself, or the Sentinels' port)"
                    .formatted(target);
        }
        return of(target, cause);
    }

    static String ofCluster(RedisTarget target, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("cluster support disabled")) {
            return "redis.uri: %s is a Redis by itself (expected: redis://, or nodes of a cluster)".formatted(target);
        }
        if (message.contains("unknown command")) {
            return "redis.uri: %s is a Sentinel (expected: redis+sentinel://, or nodes of a cluster)".formatted(target);
        }
        return of(target, cause);
    }

    private static String login(RedisTarget target, String message) {
        RedisAccess access = target.access();
        String name = access.username() == null ? target.address().username() : access.username();
        String user = name == null ? "default" : name;
        if (message.startsWith("NOPERM")) {
            return "redis.username: %s may not do at %s what Sluice needs: %s (expected: a user with ~* &* +@all)"
                    .formatted(user, target, message);
        }
        boolean hasPassword = access.password() != null
                || access.passwordFile() != null
                || target.address().password() != null;
        if (!hasPassword) {
            return "redis.password: none (expected: the one that %s wants of the user %s; or redis.passwordFile)"
                    .formatted(target, user);
        }
        String where = access.passwordFile() != null
                ? "redis.passwordFile"
                : access.password() != null ? "redis.password" : "redis.uri";
        return "%s: not the password of the user %s at %s (expected: that one)".formatted(where, user, target);
    }

    private static String setting(RedisTarget target, String file) {
        RedisAccess access = target.access();
        if (file.equals(access.passwordFile())) {
            return "redis.passwordFile";
        }
        if (file.equals(access.caFile())) {
            return "redis.tls.caFile";
        }
        return file.equals(access.keyFile()) ? "redis.tls.keyFile" : "redis.tls.certificateFile";
    }

    private static String tls(RedisTarget target, Throwable cause) {
        CertificateException name = in(cause, CertificateException.class);
        if (in(cause, CertPathBuilderException.class) != null) {
            return "redis.tls.caFile: %s; the certificate of %s is signed by none of these (expected: the CA that signed it)"
                    .formatted(
                            target.access().caFile() == null
                                    ? "null, so those of the JDK"
                                    : target.access().caFile(),
                            target);
        }
        if (name != null) {
            return "redis.uri: %s shows a certificate for another host: %s (expected: a host that is in it)"
                    .formatted(target, name.getMessage());
        }
        String message = String.valueOf(cause.getMessage());
        return message.contains("not an SSL/TLS record")
                ? "redis.uri: %s speaks no TLS (expected: redis://, or its port for TLS)".formatted(target)
                : "redis.uri: %s cannot be spoken to over TLS: %s".formatted(target, message);
    }

    private static <T extends Throwable> @Nullable T in(Throwable cause, Class<T> kind) {
        return Stream.<Throwable>iterate(cause, one -> one != null, Throwable::getCause)
                .limit(20)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElse(null);
    }
}
