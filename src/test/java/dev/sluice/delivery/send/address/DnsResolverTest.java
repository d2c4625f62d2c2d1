package dev.sluice.delivery.send.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsResolverTest {
    private final Vertx vertx = Vertx.vertx();
    private static final int NO_ERROR = 0;
    private static final int SERVER_FAILURE = 2;
    private static final int NO_SUCH_NAME = 3;
    private static final int SILENCE = -1;

    private final Resolver resolver = new DnsResolver(vertx);

    @AfterEach
    void close() {
        ScriptedEndpoint.await(vertx.close());
    }

    @Test
    void takesAnAddressForItsOwnAnswer() {
        assertThat(resolve("192.0.2.7")).containsExactly("192.0.2.7");
        assertThat(resolve("2001:db8::7")).containsExactly("2001:db8:0:0:0:0:0:7");
        assertThat(resolve("[2001:db8::7]")).containsExactly("2001:db8:0:0:0:0:0:7");
        assertThat(resolve("[::ffff:192.0.2.7]")).containsExactly("192.0.2.7");
    }

    @Test
    void findsWhatTheHostsFileNames() {
        assertThat(resolve("localhost")).contains("127.0.0.1");
    }

    @Test
    void tellsANameThatThereIsNotFromOneOfWhichNobodyCouldTell() {
        assertThat(failure(NO_SUCH_NAME)).isInstanceOf(UnknownHostException.class);
        assertThat(failure(NO_ERROR)).isInstanceOf(UnknownHostException.class);
        assertThat(failure(SERVER_FAILURE))
                .isNotInstanceOf(UnknownHostException.class)
                .hasMessageStartingWith("no answer about gone.example: ");
        assertThat(failure(SILENCE)).isNotInstanceOf(UnknownHostException.class);
    }

    /** Of a name server that answers each question so, and with nothing. */
    private static Throwable failure(int code) {
        Vertx servers = Vertx.vertx();
        DatagramSocket server = servers.createDatagramSocket();
        server.handler(packet -> {
            if (code != SILENCE) {
                byte[] answer = packet.data().getBytes();
                answer[2] |= (byte) 0x84; // an answer, and an authoritative one
                answer[3] = (byte) (0x80 | code);
                server.send(
                        Buffer.buffer(answer),
                        packet.sender().port(),
                        packet.sender().host());
            }
        });
        ScriptedEndpoint.await(server.listen(0, "127.0.0.1"));
        Vertx asking = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(DnsResolver.options()
                        .addServer("127.0.0.1:" + server.localAddress().port())
                        .setQueryTimeout(200)
                        .setOptResourceEnabled(false)
                        .setSearchDomains(List.of())));
        try {
            Future<Throwable> failure = new DnsResolver(asking)
                    .resolve("gone.example")
                    .transform((found, cause) -> Future.succeededFuture(cause));
            return ScriptedEndpoint.await(failure);
        } finally {
            ScriptedEndpoint.await(asking.close());
            ScriptedEndpoint.await(servers.close());
        }
    }

    @Test
    void aMoveIsFollowedWithinAMinute() {
        int cached = DnsResolver.options().getCacheMaxTimeToLive();
        assertThat(CachedResolver.FOUND.plusSeconds(cached)).isLessThan(Duration.ofMinutes(1));
    }

    private List<String> resolve(String host) {
        List<InetAddress> found = ScriptedEndpoint.await(resolver.resolve(host));
        return found.stream().map(InetAddress::getHostAddress).toList();
    }
}
