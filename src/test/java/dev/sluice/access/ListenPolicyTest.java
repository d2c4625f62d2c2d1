package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenPolicyTest {
    @Test
    void listensOnLoopbackWithoutAKey() {
        assertThat(ListenPolicy.decide(null, false)).isEqualTo(new Listen.On("127.0.0.1"));
    }

    @Test
    void listensEverywhereWithOne() {
        assertThat(ListenPolicy.decide(null, true)).isEqualTo(new Listen.On("0.0.0.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "localhost", "LocalHost", "::1", "[::1]", "0:0:0:0:0:0:0:1"})
    void listensOnAConfiguredLoopbackWithoutAKey(String host) {
        assertThat(ListenPolicy.decide(host, false)).isEqualTo(new Listen.On(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "10.0.0.7",
                "gateway.example",
                "127.example.com",
                "localhost.example",
                "1::1",
                ""
            })
    void refusesToListenWiderWithoutAKey(String host) {
        assertThat(ListenPolicy.decide(host, false))
                .isInstanceOfSatisfying(
                        Listen.Refused.class,
                        refused -> assertThat(refused.reason()).contains("http.host: " + host, "access.adminKey"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.7", "127.0.0.1"})
    void listensWhereItIsToldWithAKey(String host) {
        assertThat(ListenPolicy.decide(host, true)).isEqualTo(new Listen.On(host));
    }
}
