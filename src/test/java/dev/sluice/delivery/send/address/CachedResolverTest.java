package dev.sluice.delivery.send.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.send.SendingHarness;
import dev.sluice.testing.ManualTicker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachedResolverTest {
    private static final List<InetAddress> FOUND = List.of(SendingHarness.address("a.example", "192.0.2.1"));

    private final ManualTicker ticker = new ManualTicker();
    private final List<Promise<List<InetAddress>>> asked = new ArrayList<>();
    private final Resolver resolver = new CachedResolver(this::ask, ticker);

    @Test
    void asksOnceForAllWhoAskAtTheSameTime() {
        Future<List<InetAddress>> first = resolver.resolve("a.example");
        Future<List<InetAddress>> second = resolver.resolve("a.example");
        assertThat(asked).hasSize(1);
        asked.get(0).complete(FOUND);
        assertThat(first.result()).isSameAs(FOUND);
        assertThat(second.result()).isSameAs(FOUND);
    }

    @Test
    void remembersWhatWasFoundForHalfAMinuteFromTheAnswerOn() {
        resolver.resolve("a.example");
        ticker.advance(Duration.ofSeconds(10));
        asked.get(0).complete(FOUND);
        ticker.advance(Duration.ofSeconds(29));
        assertThat(resolver.resolve("a.example").result()).isSameAs(FOUND);
        assertThat(asked).hasSize(1);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(resolver.resolve("a.example").isComplete()).isFalse();
        assertThat(asked).hasSize(2);
    }

    @Test
    void remembersForFiveSecondsThatNothingWasFound() {
        resolver.resolve("a.example");
        asked.get(0).fail(new UnknownHostException("a.example"));
        ticker.advance(Duration.ofMillis(4999));
        assertThat(resolver.resolve("a.example").failed()).isTrue();
        assertThat(asked).hasSize(1);
        ticker.advance(Duration.ofMillis(1));
        resolver.resolve("a.example");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aNameMeansWhatItMeantForSomeMinutesWhereNobodyCanTell() {
        resolver.resolve("a.example");
        asked.get(0).complete(FOUND);
        for (int minute = 1; minute < 5; minute++) {
            ticker.advance(Duration.ofMinutes(1));
            Future<List<InetAddress>> stale = resolver.resolve("a.example");
            asked.get(minute).fail(new IOException("SERVFAIL"));
            assertThat(stale.result()).isSameAs(FOUND);
            assertThat(resolver.resolve("a.example").result()).isSameAs(FOUND);
            assertThat(asked).hasSize(minute + 1);
        }
        ticker.advance(Duration.ofMinutes(1));
        Future<List<InetAddress>> late = resolver.resolve("a.example");
        asked.get(5).fail(new IOException("SERVFAIL"));
        assertThat(late.failed()).isTrue();
    }

    @Test
    void nameServersAreAskedAgainSoonAfterTheyFailed() {
        resolver.resolve("a.example");
        asked.get(0).complete(FOUND);
        ticker.advance(Duration.ofSeconds(30));
        resolver.resolve("a.example");
        asked.get(1).fail(new IOException("SERVFAIL"));
        ticker.advance(Duration.ofSeconds(5));
        resolver.resolve("a.example");
        asked.get(2).complete(List.of());
        assertThat(resolver.resolve("a.example").result()).isEmpty();
    }

    @Test
    void aNameThatIsNoMoreMeansNothing() {
        resolver.resolve("a.example");
        asked.get(0).complete(FOUND);
        ticker.advance(Duration.ofSeconds(30));
        Future<List<InetAddress>> gone = resolver.resolve("a.example");
        asked.get(1).fail(new UnknownHostException("a.example"));
        assertThat(gone.failed()).isTrue();
    }

    @Test
    void keepsHostsApart() {
        resolver.resolve("a.example");
        resolver.resolve("b.example");
        assertThat(asked).hasSize(2);
    }

    private Future<List<InetAddress>> ask(String host) {
        Promise<List<InetAddress>> promise = Promise.promise();
        asked.add(promise);
        return promise.future();
    }
}
