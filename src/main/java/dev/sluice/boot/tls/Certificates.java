package dev.sluice.boot.tls;

import dev.sluice.config.ListenerTlsConfig;
import dev.sluice.fault.Again;
import dev.sluice.fault.Faults;
import dev.sluice.http.tls.Identity;
import dev.sluice.http.tls.OwnTrust;
import dev.sluice.http.tls.Renewal;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** As whom a listener shows itself, if it speaks TLS, and the watch over its files. */
public final class Certificates {
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Vertx vertx;
    /** Null: plain. */
    private final @Nullable Renewal renewal;

    private Certificates(Vertx vertx, @Nullable Renewal renewal) {
        this.vertx = vertx;
        this.renewal = renewal;
    }

    /**
     * Reads the files. Blocks.
     *
     * @param setting of the listener, such as {@code http.tls}
     * @throws IllegalArgumentException if they cannot be used; the message names the setting
     */
    public static Certificates of(
            Vertx vertx, String setting, ListenerTlsConfig tls, Renewal.RenewalListener listener) {
        if (tls.certificateFile() == null && tls.keyFile() == null) {
            return new Certificates(vertx, null);
        }
        Path certificate = file(setting, "certificateFile", tls.certificateFile());
        Path key = file(setting, "keyFile", tls.keyFile());
        return new Certificates(
                vertx, new Renewal(setting, new KeyPairFiles(vertx, setting, certificate, key), listener));
    }

    private static Path file(String setting, String name, @Nullable String file) {
        if (file == null) {
            throw new IllegalArgumentException(
                    "%s.%s: null (expected: a file, as the other one of the pair is given)".formatted(setting, name));
        }
        return Path.of(file);
    }

    public String scheme() {
        return renewal == null ? "http" : "https";
    }

    /** @return the same options */
    public HttpServerOptions on(HttpServerOptions options) {
        if (renewal != null) {
            ServerSSLOptions identity = renewal.current().options();
            options.setSsl(true).setUseAlpn(true).setKeyCertOptions(identity.getKeyCertOptions());
            options.setEnabledSecureTransportProtocols(identity.getEnabledSecureTransportProtocols());
        }
        return options;
    }

    /** For calls of the pod to this listener; null: plain. */
    public @Nullable SSLContext trust() {
        return renewal == null ? null : OwnTrust.context(renewal::current);
    }

    /** From now on, on the calling context. */
    public void watch(Faults faults, Function<ServerSSLOptions, Future<?>> renew) {
        if (renewal != null) {
            Renewal watched = renewal;
            VertxTimers timers = new VertxTimers(vertx);
            Again looks = faults.again("look at the files for TLS", timers);
            timers.every(LOOK, () -> looks.watch(look(watched, renew)));
        }
    }

    private Future<?> look(Renewal watched, Function<ServerSSLOptions, Future<?>> renew) {
        return vertx.executeBlocking(watched::look)
                .compose(found ->
                        found.map(Identity::options).<Future<?>>map(renew).orElseGet(Future::succeededFuture));
    }
}
