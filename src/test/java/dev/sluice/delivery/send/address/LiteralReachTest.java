package dev.sluice.delivery.send.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.subscription.Reach;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralReachTest {
    private final OwnListeners own = new OwnListeners();
    private final Reach reach = new LiteralReach(new AddressRules(List.of("10.1.0.0/16", "127.0.0.0/8")), own);

    @BeforeEach
    void listen() {
        own.add(8080);
        own.add(443);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/",
                "http://169.254.169.254/latest",
                "http://[fd00::1]:81/",
                "http://[::ffff:192.168.0.1]/",
                "http://0.0.0.0/"
            })
    void saysThatAnAddressIsNotPublic(String url) {
        assertThat(reach.problem(URI.create(url))).contains("is not a public address", "delivery.allowNetworks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/v1/events",
                "http://localhost:8080/",
                "http://LOCALHOST.:8080/",
                "http://a.localhost:8080/",
                "http://[::1]:8080/",
                "https://127.0.0.2/"
            })
    void saysThatTheGatewayListensThereItself(String url) {
        assertThat(reach.problem(URI.create(url))).contains("where this gateway listens itself");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://93.184.216.34/",
                "http://10.1.2.3/",
                "http://127.0.0.1:9000/",
                "https://cms.example/",
                "http://localhost:9000/"
            })
    void saysNothingOfWhatMayWork(String url) {
        assertThat(reach.problem(URI.create(url))).isNull();
    }

    @Test
    void agreesWithTheGuardWhereNothingIsAllowed() {
        Reach strict = new LiteralReach(new AddressRules(List.of()), new OwnListeners());
        assertThat(strict.problem(URI.create("http://localhost:9000/"))).contains("not a public address");
    }
}
