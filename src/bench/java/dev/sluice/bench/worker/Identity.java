package dev.sluice.bench.worker;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The certificate of everything that speaks TLS here: for 127.0.0.1, signed by itself; it is the one of the tests. */
public final class Identity {
    /** All connections are made at once, by code that nobody has compiled yet. */
    private static final int PATIENCE_SECONDS = 60;

    private Identity() {}

    /** As PEM. */
    public static String certificate() {
        return read("/certificates/address.pem");
    }

    public static String key() {
        return read("/certificates/address.key");
    }

    static HttpServerOptions server() {
        PemKeyCertOptions pair = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(certificate()))
                .addKeyValue(Buffer.buffer(key()));
        return new HttpServerOptions().setSsl(true).setKeyCertOptions(pair).setSslHandshakeTimeout(PATIENCE_SECONDS);
    }

    /** As careful as the gateway: it believes in that certificate alone, and looks at the name. */
    static <T extends ClientOptionsBase> T client(T options) {
        options.setSsl(true).setSslHandshakeTimeout(PATIENCE_SECONDS);
        options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(certificate())));
        return options;
    }

    /** For the load, which looks at no name. */
    static NetClientOptions net() {
        return client(new NetClientOptions()).setHostnameVerificationAlgorithm("");
    }

    private static String read(String resource) {
        try (InputStream file = Identity.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException(
                        resource + ": not on the class path (expected: the resources of the tests)");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
