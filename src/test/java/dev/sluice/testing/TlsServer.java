package dev.sluice.testing;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * A well-behaved receiver with TLS on a free port of the loopback interface, which offers HTTP/2 or does not. It answers
 * with the subject of the client's certificate, or {@code nobody}, unless told otherwise. Any thread.
 */
public final class TlsServer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final List<HttpVersion> versions = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final HttpServer server;
    private volatile Handler<HttpServerRequest> handler = TlsServer::answerWho;

    /** @param certificate one of {@link Certificates} */
    public TlsServer(String certificate, boolean http2, ClientAuth clientAuth) {
        this(certificate, http2, clientAuth, "127.0.0.1", 0);
    }

    /** @param address to listen on, of the loopback interface */
    public TlsServer(String certificate, boolean http2, ClientAuth clientAuth, String address, int port) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(address)
                .setPort(port)
                .setSsl(true)
                .setUseAlpn(http2)
                .setKeyCertOptions(Certificates.keyPair(certificate))
                .setTrustOptions(Certificates.trusting("clients"))
                .setClientAuth(clientAuth);
        server = ScriptedEndpoint.await(vertx.createHttpServer(options)
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(this::handle)
                .listen());
    }

    public int port() {
        return server.actualPort();
    }

    public TlsServer handles(Handler<HttpServerRequest> requests) {
        handler = requests;
        return this;
    }

    /** Of each request, in the order in which they came. */
    public List<HttpVersion> versions() {
        return versions;
    }

    public int connections() {
        return connections.get();
    }

    private void handle(HttpServerRequest request) {
        versions.add(request.version());
        handler.handle(request);
    }

    private static void answerWho(HttpServerRequest request) {
        request.response().end(subject(request));
    }

    private static String subject(HttpServerRequest request) {
        try {
            X509Certificate own =
                    (X509Certificate) request.connection().sslSession().getPeerCertificates()[0];
            return own.getSubjectX500Principal().getName();
        } catch (SSLPeerUnverifiedException nobody) {
            return "nobody";
        }
    }

    @Override
    public void close() {
        ScriptedEndpoint.await(vertx.close());
    }
}
