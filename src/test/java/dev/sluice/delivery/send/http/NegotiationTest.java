package dev.sluice.delivery.send.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.ManualTicker;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NegotiationTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Negotiation negotiation = new Negotiation();

    @Test
    void asksWithOneAttemptAndSendsTheOthersTheOldWay() {
        assertThat(offers()).isTrue();
        assertThat(offers()).isFalse();
        assertThat(offers()).isFalse();
    }

    @Test
    void staysWithHttp2OnceItIsKnown() {
        spoken(HttpVersion.HTTP_2);
        ticker.advance(Duration.ofDays(1));
        assertThat(offers()).isTrue();
        assertThat(offers()).isTrue();
    }

    @Test
    void asksAnEndpointOfHttp1AgainAfterTenMinutes() {
        spoken(HttpVersion.HTTP_1_1);
        ticker.advance(Duration.ofMinutes(10).minusNanos(1));
        assertThat(offers()).isFalse();
        ticker.advance(Duration.ofNanos(1));
        assertThat(offers()).isTrue();
        assertThat(offers()).isFalse();
    }

    @Test
    void takesBackWhatItKnewWhenTheEndpointChanges() {
        spoken(HttpVersion.HTTP_2);
        spoken(HttpVersion.HTTP_1_1);
        assertThat(offers()).isFalse();
    }

    @Test
    void asksAgainAMinuteAfterItCouldNot() {
        offers();
        negotiation.failed(ticker.nanos());
        assertThat(offers()).isFalse();
        ticker.advance(Duration.ofMinutes(1));
        assertThat(offers()).isTrue();
    }

    private boolean offers() {
        return negotiation.offersHttp2(ticker.nanos());
    }

    private void spoken(HttpVersion version) {
        negotiation.offersHttp2(ticker.nanos());
        negotiation.negotiated(version, ticker.nanos());
    }
}
