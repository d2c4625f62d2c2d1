package dev.sluice.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Certificates;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactNamesTest {
    private static final String END = "GET /end HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private final Vertx vertx = Vertx.builder()
            .withTransport(FirstHead.within(Duration.ofMinutes(1)))
            .build();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** CVE-2026-102479: a length that is none would be taken from the next request. */
    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "true,true"})
    void aNameThatResemblesContentLengthIsNoLength(boolean tls, boolean alpn) throws Exception {
        HttpServerOptions options = new HttpServerOptions().setSsl(tls).setUseAlpn(alpn);
        if (tls) {
            options.setKeyCertOptions(Certificates.keyPair("localhost"));
        }
        HttpServer server = vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end(request.path()))
                .listen(0, "127.0.0.1")
                .await();
        SocketFactory sockets = tls ? Certificates.trustingAnybody().getSocketFactory() : SocketFactory.getDefault();
        try (Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            socket.setSoTimeout(60_000);
            write(socket, "GET /first HTTP/1.1\r\nHost: a\r\nContent-Xength: 20\r\n\r\n" + END);
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answers).contains("/first", "/end");
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
