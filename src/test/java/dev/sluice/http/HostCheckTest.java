package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.HostAndPort;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
    private final HostCheck check = new HostCheck(List.of("Gateway.example", "[::1]", "127.0.0.1"));

    @ParameterizedTest
    @ValueSource(strings = {"gateway.example", "GATEWAY.EXAMPLE:8443", "gateway.example.", "[::1]:8080", "127.0.0.1:1"})
    void allowsItsNamesOnAnyPort(String authority) {
        assertThat(check.refusal(HostAndPort.parseAuthority(authority, 80))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway.example.evil", "evil", "127.0.0.2", "[::2]:8080", ".", "[]"})
    void refusesEveryOther(String authority) {
        assertThat(check.refusal(HostAndPort.parseAuthority(authority, 80)))
                .hasValueSatisfying(problem -> assertThat(problem.status()).isEqualTo(421));
    }
}
