package dev.sluice.delivery.send;

import static dev.sluice.delivery.send.SendingHarness.address;
import static dev.sluice.testing.Certificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.event.Event;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Certificates;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.ScriptedEndpoint;
import dev.sluice.testing.TlsServer;
import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are larger than what waits in a socket, over real ones. */
class LargeBodiesTest {
    private static final int MIB = 1 << 20;
    private static final int WHOLE = 64 * 1024;
    private static final String HOST = "hooks.example";

    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final SendingHarness harness = new SendingHarness(
            SendingHarness.config(List.of("127.0.0.0/8")), Map.of(HOST, List.of(address(HOST, "127.0.0.1"))));

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
    }

    private static Event event(int bytes) {
        byte[] text = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            text[i] = (byte) ('a' + i % 26);
        }
        return SendingHarness.event("text/plain", Buffer.buffer(text), "generic");
    }

    private Webhook slow(String url) {
        return Webhooks.to(url).timeout(Duration.ofSeconds(5)).build();
    }

    @Test
    void arrivesWholeAndInOrderWithItsLength() {
        Event event = event(MIB + 1);
        Answer answer = harness.send(event, slow(endpoint.url()), 1);
        RecordedRequest request = endpoint.request();
        assertThat(((Answer.Status) answer).code()).isEqualTo(200);
        assertThat(request.header("content-length")).isEqualTo(String.valueOf(MIB + 1));
        assertThat(request.headers("transfer-encoding")).isEmpty();
        assertThat(request.body()).isEqualTo(event.data());
    }

    @Test
    void isFollowedByTheNextOnTheSameConnection() {
        harness.send(event(MIB), slow(endpoint.url()), 1);
        harness.send(event(WHOLE + 1), slow(endpoint.url()), 1);
        harness.send(event(WHOLE), slow(endpoint.url()), 1);
        assertThat(endpoint.connections()).isEqualTo(1);
        assertThat(endpoint.requests()).hasSize(3);
    }

    @Test
    void arrivesWholeOverHttp2() {
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE)) {
            Promise<Buffer> seen = Promise.promise();
            server.handles(request -> request.body().onSuccess(body -> {
                seen.complete(body);
                request.response().end();
            }));
            Event event = event(MIB + 1);
            Webhook webhook = Webhooks.to("https://%s:%d/".formatted(HOST, server.port()))
                    .tls(new TlsProfile(null, null, pem("ca.pem")))
                    .build();
            assertThat(harness.send(event, webhook, 1)).isInstanceOf(Answer.Status.class);
            assertThat(ScriptedEndpoint.await(seen.future())).isEqualTo(event.data());
        }
    }

    @Test
    void manyThatNobodyReadsTakeLittleDirectMemory() {
        endpoint.deaf();
        int attempts = 16;
        Webhook webhook = slow(endpoint.url());
        Event event = event(32 * MIB);
        long before = PlatformDependent.usedDirectMemory();
        for (int i = 0; i < attempts; i++) {
            harness.start(event, webhook);
        }
        await().until(() -> endpoint.connections() == attempts);
        harness.on(Future::succeededFuture);
        assertThat(PlatformDependent.usedDirectMemory() - before)
                .as("of 512 MiB; the pool takes 4 at a time")
                .isLessThan(64L * MIB);
    }

    /** Closing with bytes unread makes the kernel send a reset behind the answer, which breaks what is being written. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answerToOneThatIsNotReadIsTheAnswer(boolean tls) {
        Vertx vertx = Vertx.vertx();
        NetServerOptions options = new NetServerOptions().setSsl(tls).setKeyCertOptions(Certificates.keyPair("server"));
        NetServer server = vertx.createNetServer(options).connectHandler(socket -> {
            socket.exceptionHandler(reset -> {});
            socket.handler(first -> {
                socket.handler(null);
                socket.pause();
                socket.write("HTTP/1.1 413 Content Too Large\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno")
                        .onComplete(written -> socket.close());
            });
        });
        ScriptedEndpoint.await(server.listen(0, "127.0.0.1"));
        Webhook webhook = Webhooks.to("%s://%s:%d/".formatted(tls ? "https" : "http", HOST, server.actualPort()))
                .tls(new TlsProfile(null, null, pem("ca.pem")))
                .build();
        for (int i = 0; i < 10; i++) {
            Answer answer = harness.send(event(8 * MIB), webhook, 1);
            assertThat(answer).isInstanceOf(Answer.Status.class);
            assertThat(((Answer.Status) answer).code()).isEqualTo(413);
            assertThat(((Answer.Status) answer).excerpt()).isEqualTo("no");
        }
        ScriptedEndpoint.await(vertx.close());
    }

    @Test
    void answerToOneThatIsNotReadIsTheAnswerOverHttp2() {
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE)) {
            server.handles(request -> {
                request.pause();
                request.response()
                        .setStatusCode(413)
                        .end("no")
                        .onComplete(sent -> request.response().reset(0));
            });
            Webhook webhook = Webhooks.to("https://%s:%d/".formatted(HOST, server.port()))
                    .tls(new TlsProfile(null, null, pem("ca.pem")))
                    .build();
            for (int i = 0; i < 10; i++) {
                Answer answer = harness.send(event(8 * MIB), webhook, 1);
                assertThat(answer).isInstanceOf(Answer.Status.class);
                assertThat(((Answer.Status) answer).code()).isEqualTo(413);
            }
        }
    }

    /** It says 200 at once, reads two seconds later, and then ends its answer. */
    @Test
    void arrivesWholeThoughTheEndpointSaysSoBeforeItReads() {
        Vertx vertx = Vertx.vertx();
        int bytes = 8 * MIB;
        Promise<Void> whole = Promise.promise();
        try {
            int[] read = {0};
            NetServer server =
                    ScriptedEndpoint.await(vertx.createNetServer(new NetServerOptions().setReceiveBufferSize(WHOLE))
                            .connectHandler(socket -> {
                                socket.handler(piece -> {
                                    read[0] += piece.length();
                                    if (read[0] == piece.length()) {
                                        socket.pause();
                                        socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
                                        vertx.setTimer(2000, later -> socket.resume());
                                    }
                                    if (read[0] > bytes) {
                                        whole.tryComplete();
                                        socket.write("0\r\n\r\n");
                                    }
                                });
                            })
                            .listen(0, "127.0.0.1"));
            Answer answer = harness.send(event(bytes), slow("http://127.0.0.1:" + server.actualPort()), 1);
            assertThat(answer).isInstanceOf(Answer.Status.class);
            assertThat(whole.future().isComplete()).isTrue();
        } finally {
            ScriptedEndpoint.await(vertx.close());
        }
    }

    /** Nobody knows what it has of the event. */
    @Test
    void isNoSuccessIfTheEndpointSaysSoAndClosesBeforeItReads() {
        Vertx vertx = Vertx.vertx();
        try {
            NetServer server =
                    ScriptedEndpoint.await(vertx.createNetServer(new NetServerOptions().setReceiveBufferSize(WHOLE))
                            .connectHandler(socket -> socket.handler(piece -> {
                                socket.pause();
                                socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
                                vertx.setTimer(300, later -> socket.close());
                            }))
                            .listen(0, "127.0.0.1"));
            assertThat(harness.send(event(8 * MIB), slow("http://127.0.0.1:" + server.actualPort()), 1))
                    .isInstanceOf(Answer.Failure.class);
        } finally {
            ScriptedEndpoint.await(vertx.close());
        }
    }

    @Test
    void connectionOfOneThatIsAnsweredBeforeItIsReadIsClosed() {
        Vertx vertx = Vertx.vertx();
        Promise<Void> closed = Promise.promise();
        NetServer server = vertx.createNetServer().connectHandler(socket -> {
            socket.exceptionHandler(reset -> {});
            socket.closeHandler(gone -> closed.tryComplete());
            socket.handler(first -> {
                socket.handler(null);
                socket.pause();
                socket.write("HTTP/1.1 413 Content Too Large\r\ncontent-length: 0\r\n\r\n");
                vertx.setTimer(200, later -> socket.resume().handler(rest -> {}));
            });
        });
        ScriptedEndpoint.await(server.listen(0, "127.0.0.1"));
        Webhook webhook = slow("http://127.0.0.1:" + server.actualPort() + "/");
        Answer answer = harness.send(event(32 * MIB), webhook, 1);
        assertThat(((Answer.Status) answer).code()).isEqualTo(413);
        ScriptedEndpoint.await(closed.future());
        ScriptedEndpoint.await(vertx.close());
    }
}
