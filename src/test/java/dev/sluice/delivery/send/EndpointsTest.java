package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.delivery.send.http.Endpoint;
import dev.sluice.subscription.Webhook;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {
    private final Endpoints endpoints = new Endpoints(2);

    @Test
    void preparesAWebhookOnce() {
        Endpoint prepared = endpoints.of(Webhooks.at("http://a.example/"));
        assertThat(endpoints.of(Webhooks.at("http://a.example/"))).isSameAs(prepared);
    }

    @Test
    void preparesAWebhookAgainThatChanged() {
        Endpoint prepared = endpoints.of(Webhooks.at("http://a.example/"));
        Webhook changed =
                Webhooks.to("http://a.example/").timeout(Duration.ofSeconds(1)).build();
        assertThat(endpoints.of(changed)).isNotSameAs(prepared);
        assertThat(endpoints.of(changed).timeoutNanos()).isEqualTo(1_000_000_000);
    }

    @Test
    void forgetsTheOneThatWasNotUsedForLongest() {
        Webhook first = Webhooks.to("http://a.example/").id("wh_1").build();
        Webhook second = Webhooks.to("http://a.example/").id("wh_2").build();
        Endpoint one = endpoints.of(first);
        Endpoint two = endpoints.of(second);
        endpoints.of(first);
        endpoints.of(Webhooks.to("http://a.example/").id("wh_3").build());
        assertThat(endpoints.of(first)).isSameAs(one);
        assertThat(endpoints.of(second)).isNotSameAs(two);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example, a.example, 80, false, /",
        "https://a.example, a.example, 443, true, /",
        "HTTPS://a.example:8443/x/?y=%20#z, a.example, 8443, true, /x/?y=%20",
        "http://a.example?x, a.example, 80, false, /?x",
        "http://my_host:81/a%2Fb, my_host, 81, false, /a%2Fb",
        "http://[2001:db8::1]:81/, [2001:db8::1], 81, false, /",
    })
    void takesTheUrlApart(String url, String host, int port, boolean tls, String pathAndQuery) {
        Endpoint endpoint = new Endpoint(Webhooks.at(url));
        assertThat(endpoint.host()).isEqualTo(host);
        assertThat(endpoint.port()).isEqualTo(port);
        assertThat(endpoint.isTls()).isEqualTo(tls);
        assertThat(endpoint.pathAndQuery()).isEqualTo(pathAndQuery);
    }

    @Test
    void refusesAUrlWithoutAHost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Endpoint(Webhooks.at("mailto:a@b.example")))
                .withMessage("url: no host (expected: http://host/ or https://host/)");
    }
}
