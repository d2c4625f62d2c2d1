package dev.sluice.delivery.send.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsResolverTest {
    private final Vertx vertx = Vertx.vertx();
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

    private List<String> resolve(String host) {
        List<InetAddress> found = ScriptedEndpoint.await(resolver.resolve(host));
        return found.stream().map(InetAddress::getHostAddress).toList();
    }
}
