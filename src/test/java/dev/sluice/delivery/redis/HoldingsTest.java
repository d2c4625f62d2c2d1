package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.kept;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Outcome;
import org.junit.jupiter.api.Test;

class HoldingsTest {
    private final Holdings holdings = new Holdings();
    private final Delivery claimed = kept(fresh(1), 0);

    @Test
    void whatWasClaimedBeforeTheConnectionBrokeIsDoubtful() {
        holdings.claimed(claimed.id());
        assertThat(holdings.isDoubtful(claimed)).isFalse();
        holdings.reconnected();
        assertThat(holdings.isDoubtful(claimed)).isTrue();
    }

    @Test
    void nothingIsRememberedOfWhatWasWritten() {
        holdings.claimed(claimed.id());
        holdings.written(new Outcome.Finish(claimed));
        assertThat(holdings.size()).isZero();
    }

    @Test
    void nothingIsRememberedOfWhatThePodForgot() {
        holdings.claimed(claimed.id());
        holdings.forgotten(claimed.id());
        assertThat(holdings.size()).isZero();
    }

    @Test
    void whatThePodBeganToKeepIsDoubtfulAfterTheConnectionBroke() {
        holdings.written(new Outcome.Keep(fresh(1)));
        assertThat(holdings.size()).isOne();
        assertThat(holdings.isDoubtful(claimed)).isFalse();
        holdings.reconnected();
        assertThat(holdings.isDoubtful(claimed)).isTrue();
    }

    @Test
    void whatWasClaimedAgainOnTheNewConnectionIsNotDoubtful() {
        holdings.claimed(claimed.id());
        holdings.reconnected();
        holdings.claimed(claimed.id());
        assertThat(holdings.isDoubtful(claimed)).isFalse();
    }

    @Test
    void whatRedisNeverHadIsNotDoubtful() {
        holdings.reconnected();
        assertThat(holdings.isDoubtful(claimed)).isFalse();
        holdings.claimed(claimed.id());
        holdings.reconnected();
        assertThat(holdings.isDoubtful(fresh(1))).isFalse();
    }
}
