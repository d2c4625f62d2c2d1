package dev.sluice.delivery.send.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.ManualTicker;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetbacksTest {
    private static final SocketAddress A = SocketAddress.inetSocketAddress(80, "192.0.2.1");
    private static final SocketAddress B = SocketAddress.inetSocketAddress(80, "192.0.2.2");
    private static final SocketAddress C = SocketAddress.inetSocketAddress(80, "192.0.2.3");

    private final ManualTicker ticker = new ManualTicker();
    private final Setbacks setbacks = new Setbacks(ticker);

    @Test
    void addressesTakeTurns() {
        assertThat(setbacks.sorted(List.of(A, B, C), 0, 4)).containsExactly(A, B, C);
        assertThat(setbacks.sorted(List.of(A, B, C), 1, 4)).containsExactly(B, C, A);
        assertThat(setbacks.sorted(List.of(A, B, C), 5, 2)).containsExactly(C, A);
        assertThat(setbacks.sorted(List.of(A, B, C), -1, 4)).containsExactly(C, A, B);
    }

    @Test
    void oneThatFailedComesLastForAMinute() {
        setbacks.add(A);
        ticker.advance(Duration.ofSeconds(59));
        assertThat(setbacks.sorted(List.of(A, B, C), 0, 4)).containsExactly(B, C, A);
        assertThat(setbacks.sorted(List.of(A, B, C), 0, 2)).containsExactly(B, C);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(setbacks.sorted(List.of(A, B, C), 0, 4)).containsExactly(A, B, C);
    }

    @Test
    void allAreTriedWhereAllFailed() {
        List.of(A, B, C).forEach(setbacks::add);
        assertThat(setbacks.sorted(List.of(A, B, C), 1, 4)).containsExactly(B, C, A);
    }

    @Test
    void familiesAlternateAndTheFirstIsThatOfTheResolver() {
        assertThat(alternating("2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1"))
                .containsExactly("2001:db8:0:0:0:0:0:1", "192.0.2.1", "2001:db8:0:0:0:0:0:2", "2001:db8:0:0:0:0:0:3");
        assertThat(alternating("192.0.2.1", "192.0.2.2", "2001:db8::1"))
                .containsExactly("192.0.2.1", "2001:db8:0:0:0:0:0:1", "192.0.2.2");
        assertThat(alternating("192.0.2.1", "192.0.2.2")).containsExactly("192.0.2.1", "192.0.2.2");
    }

    private static List<String> alternating(String... literals) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : literals) {
            try {
                addresses.add(InetAddress.getByName(literal));
            } catch (UnknownHostException impossible) {
                throw new AssertionError(impossible);
            }
        }
        return GuardedTransport.alternating(addresses).stream()
                .map(InetAddress::getHostAddress)
                .toList();
    }
}
