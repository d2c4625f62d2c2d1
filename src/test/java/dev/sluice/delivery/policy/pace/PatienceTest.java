package dev.sluice.delivery.policy.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Health;
import dev.sluice.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Patience patience = new Patience();

    private void refused() {
        refused(ticker.nanos());
    }

    private boolean refused(long startedAt) {
        patience.refused(0, startedAt, ticker.nanos());
        return patience.isNews();
    }

    private static Answer refusal(int code) {
        return new Answer.Status(code, "1", null, "", Duration.ZERO);
    }

    private List<Long> rests(Duration asked, int rounds) {
        List<Long> rests = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            ticker.advance(Duration.ofSeconds(1));
            refused();
            rests.add(patience.rest(asked).toMillis());
        }
        return rests;
    }

    @Test
    void restsExactlyAsLongAsItIsAsked() {
        refused();
        assertThat(patience.rest(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(1));
        assertThat(patience.rest(Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void restsLongerEachTimeWhereNothingIsSaidUpToAMinute() {
        assertThat(rests(Duration.ZERO, 13))
                .startsWith(1000L, 1500L, 2250L)
                .endsWith(60_000L, 60_000L)
                .isSorted();
    }

    @Test
    void restsLongerThanSaidOnlyWhereThatWasNotTrue() {
        assertThat(rests(Duration.ofSeconds(2), 5)).containsExactly(2000L, 2000L, 2250L, 3375L, 5062L);
    }

    @Test
    void isBackAtTheShortestAfterOneWasTaken() {
        rests(Duration.ZERO, 5);
        patience.taken(ticker.nanos());
        assertThat(rests(Duration.ZERO, 1)).containsExactly(1000L);
    }

    @Test
    void findsOutWithASingleAttempt() {
        assertThat(patience.allowance()).isEqualTo(Integer.MAX_VALUE);
        refused();
        assertThat(patience.allowance()).isOne();
        patience.taken(ticker.nanos());
        assertThat(patience.allowance()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whatWasUnderWayTogetherIsRefusedOnce() {
        long started = ticker.nanos();
        ticker.advance(Duration.ofMillis(10));
        assertThat(refused(started)).isTrue();
        for (int i = 0; i < 63; i++) {
            assertThat(refused(started)).isFalse();
        }
        assertThat(patience.rest(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatStartedBeforeAndIsTakenSaysNothing() {
        long started = ticker.nanos();
        ticker.advance(Duration.ofMillis(10));
        refused();
        patience.taken(started);
        assertThat(patience.allowance()).isOne();
        assertThat(refused(started)).isFalse();
    }

    @Test
    void whatIsRefusedAgainAndAgainWaitsBehindOthers() {
        Duration second = Duration.ofSeconds(1);
        refused();
        assertThat(patience.isRefusedAgain()).isFalse();
        assertThat(patience.behind(second, 0)).isZero();
        ticker.advance(second);
        refused();
        assertThat(patience.isRefusedAgain()).isTrue();
        assertThat(patience.behind(second, 1)).isEqualTo(second);
        assertThat(patience.behind(second, 50)).isEqualTo(Duration.ofSeconds(4));
        assertThat(patience.behind(Duration.ofHours(1), 1)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void oneThatIsRefusedWhileOthersAreTakenSaysNothingOfTheEndpoint() {
        rests(Duration.ZERO, 2);
        patience.taken(ticker.nanos());
        patience.refused(2, ticker.nanos(), ticker.nanos());
        assertThat(patience.isOwn()).isTrue();
        assertThat(patience.isNews()).isFalse();
        assertThat(patience.allowance()).isEqualTo(Integer.MAX_VALUE);
        assertThat(patience.restAlone(Duration.ZERO, 2)).isEqualTo(Duration.ofMillis(2250));
        assertThat(patience.health(refusal(503), ticker.nanos())).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void anotherSuchRefusalBeforeOneIsTakenIsTheEndpoints() {
        rests(Duration.ZERO, 2);
        patience.taken(ticker.nanos());
        patience.refused(2, ticker.nanos(), ticker.nanos());
        patience.refused(2, ticker.nanos(), ticker.nanos());
        assertThat(patience.isOwn()).isFalse();
        assertThat(patience.isNews()).isTrue();
        assertThat(patience.allowance()).isOne();
    }

    @Test
    void aBusyEndpointIsWellHoweverLong() {
        refused();
        ticker.advance(Duration.ofHours(1));
        refused();
        assertThat(patience.health(refusal(429), ticker.nanos())).isEqualTo(Health.WELL);
    }

    @Test
    void anUnavailableOneIsUnwellWhenItTookNothingForAMinute() {
        refused();
        assertThat(patience.health(refusal(503), ticker.nanos())).isEqualTo(Health.UNKNOWN);
        ticker.advance(Duration.ofSeconds(59));
        refused();
        assertThat(patience.health(refusal(503), ticker.nanos())).isEqualTo(Health.UNKNOWN);
        ticker.advance(Duration.ofSeconds(1));
        refused();
        assertThat(patience.health(refusal(503), ticker.nanos())).isEqualTo(Health.UNWELL);
    }
}
