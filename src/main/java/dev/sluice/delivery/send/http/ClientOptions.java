package dev.sluice.delivery.send.http;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.send.http.wear.Traffic;
import dev.sluice.subscription.TlsProfile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How the HTTP clients of one TLS profile are set up. Immutable; any thread. */
public final class ClientOptions {
    /** Of the head of an answer. Some servers and the proxies before them say more than 16 KiB about themselves. */
    static final int MOST_HEADER_BYTES = 64 * 1024;

    private final DeliveryConfig config;
    private final Trust trust;

    public ClientOptions(DeliveryConfig config, Trust trust) {
        this.config = config;
        this.trust = trust;
    }

    /** HTTP/1.1, with TLS or without. */
    WebClientOptions http1(@Nullable TlsProfile tls) {
        WebClientOptions options = common(tls);
        options.setProtocolVersion(HttpVersion.HTTP_1_1);
        options.setKeepAlive(true);
        options.setPipelining(false);
        return options;
    }

    /** As {@link #http1}, with a connection for each request that is not kept. */
    WebClientOptions fresh(@Nullable TlsProfile tls) {
        WebClientOptions options = http1(tls);
        options.setKeepAlive(false);
        return options;
    }

    /** HTTP/2 where the endpoint takes it, HTTP/1.1 where it does not; for TLS alone, as only ALPN offers both. */
    WebClientOptions http2(@Nullable TlsProfile tls) {
        WebClientOptions options = http1(tls);
        options.setProtocolVersion(HttpVersion.HTTP_2);
        options.setUseAlpn(true);
        options.setHttp2KeepAliveTimeout(keepAliveSeconds());
        options.setInitialSettings(new Http2Settings().setPushEnabled(false).setMaxHeaderListSize(MOST_HEADER_BYTES));
        return options;
    }

    private WebClientOptions common(@Nullable TlsProfile tls) {
        WebClientOptions options = new WebClientOptions();
        options.setUserAgentEnabled(false);
        options.setFollowRedirects(false);
        options.setKeepAliveTimeout(keepAliveSeconds());
        options.setDecompressionSupported(false);
        options.setMaxHeaderSize(MOST_HEADER_BYTES);
        options.setTcpNoDelay(true);
        int connectMillis =
                (int) Math.min(Integer.MAX_VALUE, config.connectTimeout().toMillis());
        options.setConnectTimeout(connectMillis);
        options.setSslHandshakeTimeout(connectMillis);
        options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        options.setTracingPolicy(TracingPolicy.IGNORE);
        secure(options, tls);
        return options;
    }

    /** When the client closes what nobody used; what is too old to be used {@link Traffic} knows. */
    private int keepAliveSeconds() {
        return (int) Math.max(1, config.idleTimeout().plusMillis(999).toSeconds());
    }

    private void secure(WebClientOptions options, @Nullable TlsProfile tls) {
        options.setVerifyHost(true);
        options.setTrustAll(false);
        String ca = tls == null ? null : tls.ca();
        TrustOptions trusted = ca == null ? trust.usual() : Trust.only(ca);
        if (trusted != null) {
            options.setTrustOptions(trusted);
        }
        if (tls != null && tls.clientCertificate() != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(tls.clientCertificate()))
                    .addKeyValue(Buffer.buffer(tls.clientKey())));
        }
    }
}
