package dev.sluice.delivery.send;

import static dev.sluice.delivery.send.SendingHarness.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.policy.Split;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Certificates;
import dev.sluice.testing.ConnectProxy;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.net.NetServerOptions;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxyTest {
    private static final List<String> LOOPBACK = List.of("127.0.0.0/8");

    private final ConnectProxy proxy = new ConnectProxy();
    private final ScriptedEndpoint endpoint =
            new ScriptedEndpoint(new NetServerOptions().setSsl(true).setKeyCertOptions(Certificates.keyPair("server")));
    private final Map<String, List<InetAddress>> hosts = Map.of(
            "hooks.example", List.of(address("hooks.example", "127.0.0.9")),
            "inner.example", List.of(address("inner.example", "10.0.0.7")));

    @AfterEach
    void close() {
        endpoint.close();
        proxy.close();
    }

    @Test
    void tunnelsToTheCheckedAddressAndVerifiesTheName() {
        try (SendingHarness harness = through(proxy.url())) {
            assertThat(harness.answered(webhook()).code()).isEqualTo(200);
        }
        assertThat(proxy.requests()).hasSize(1);
        assertThat(proxy.requests().get(0).line())
                .isEqualTo("CONNECT 127.0.0.9:%d HTTP/1.1".formatted(endpoint.port()));
        assertThat(proxy.requests().get(0).headers("proxy-authorization")).isEmpty();
        assertThat(endpoint.request().header("host")).isEqualTo("hooks.example:" + endpoint.port());
    }

    @Test
    void keepsTheTunnelForTheNextDelivery() {
        try (SendingHarness harness = through(proxy.url())) {
            harness.answered(webhook());
            harness.answered(webhook());
            harness.answered(webhook());
        }
        assertThat(endpoint.requests()).hasSize(3);
        // One that asked for HTTP/2, which this endpoint does not speak, and one that knew.
        assertThat(proxy.requests()).hasSize(2);
    }

    @Test
    void countsTheTunnelAsConnecting() {
        try (SendingHarness harness = through(proxy.url())) {
            Split split = harness.answered(webhook()).split();
            assertThat(List.of(split.connect(), split.tls())).allMatch(ms -> ms >= 0);
        }
    }

    @Test
    void showsItsCredentialsToTheProxyAlone() {
        try (SendingHarness harness = through(proxy.url("us%40er:p%3Ass+"))) {
            harness.answered(webhook());
        }
        assertThat(proxy.requests().get(0).header("proxy-authorization")).isEqualTo("Basic dXNAZXI6cDpzcys=");
        assertThat(endpoint.request().headers("proxy-authorization")).isEmpty();
    }

    @Test
    void asksForPlainHttpByTheNameOfTheHost() {
        try (SendingHarness harness = through(proxy.url())) {
            assertThat(harness.answered(Webhooks.at("http://hooks.example:8088/a?b=c"))
                            .excerpt())
                    .isEqualTo("proxy");
        }
        assertThat(proxy.requests().get(0).line()).isEqualTo("POST http://hooks.example:8088/a?b=c HTTP/1.1");
        assertThat(proxy.requests().get(0).header("host")).isEqualTo("hooks.example:8088");
    }

    @Test
    void checksTheAddressAllTheSame() {
        try (SendingHarness harness = through(proxy.url())) {
            assertThat(harness.failed(Webhooks.at("https://inner.example/")).kind())
                    .isEqualTo(Kind.FORBIDDEN);
        }
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void goesDirectlyToWhatTheListNames() {
        for (String direct :
                List.of("hooks.example", "example", ".example", "127.0.0.0/8", "127.0.0.9", "HOOKS.Example")) {
            try (SendingHarness harness = through(proxy.url(), "other.test", direct)) {
                // Nobody listens on this address: whoever gets through went by the proxy.
                assertThat(harness.failed(webhook()).kind()).as(direct).isEqualTo(Kind.CONNECT);
            }
        }
        assertThat(proxy.requests()).isEmpty();
        try (SendingHarness harness = through(proxy.url(), "ooks.example", "10.0.0.0/8")) {
            harness.answered(webhook());
        }
        assertThat(proxy.requests()).hasSize(1);
    }

    @Test
    void saysWhenTheProxyCannotConnect() {
        int free = endpoint.port();
        endpoint.close();
        try (SendingHarness harness = through(proxy.url())) {
            Webhook webhook = Webhooks.to("https://hooks.example:" + free).build();
            assertThat(harness.failed(webhook).kind()).isEqualTo(Kind.CONNECT);
            assertThat(harness.failed(webhook).detail()).contains("502");
        }
    }

    private SendingHarness through(String url, String... noProxy) {
        return new SendingHarness(SendingHarness.config(LOOPBACK, null, url, noProxy), hosts);
    }

    private Webhook webhook() {
        return Webhooks.to("https://hooks.example:" + endpoint.port())
                .tls(new TlsProfile(null, null, Certificates.pem("ca.pem")))
                .build();
    }
}
