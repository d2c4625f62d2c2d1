package dev.sluice.delivery.send.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.ManualTicker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientTokenTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTicker ticker = new ManualTicker();
    private final List<Promise<TokenAnswer>> requests = new ArrayList<>();
    private final ClientToken grant = new ClientToken(this::request, ticker);

    private Future<TokenAnswer> request() {
        Promise<TokenAnswer> answer = Promise.promise();
        requests.add(answer);
        return answer.future();
    }

    @Test
    void asksOnceForAllWhoComeMeanwhile() {
        Future<Granted> first = grant.get();
        Future<Granted> second = grant.get();
        grants("a", HOUR);

        assertThat(requests).hasSize(1);
        assertThat(first.result()).isEqualTo(token("a"));
        assertThat(second.result()).isEqualTo(token("a"));
        assertThat(grant.get().result()).isEqualTo(token("a"));
        assertThat(requests).hasSize(1);
    }

    @Test
    void refreshesAMinuteEarlyAndGivesOutTheOldTokenMeanwhile() {
        granted("a", HOUR);
        ticker.advance(HOUR.minusSeconds(61));
        grant.get();
        assertThat(requests).hasSize(1);

        ticker.advance(Duration.ofSeconds(1));
        assertThat(grant.get().result()).isEqualTo(token("a"));
        assertThat(requests).hasSize(2);
        grants("b", HOUR);
        assertThat(grant.get().result()).isEqualTo(token("b"));
        assertThat(requests).hasSize(2);
    }

    @Test
    void refreshesAShortTokenAFifthOfItsLifeEarly() {
        granted("a", Duration.ofSeconds(10));
        ticker.advance(Duration.ofSeconds(8).minusNanos(1));
        grant.get();
        assertThat(requests).hasSize(1);
        ticker.advance(Duration.ofNanos(1));
        grant.get();
        assertThat(requests).hasSize(2);
    }

    @Test
    void waitsForTheNewTokenWhenTheOldOneIsGone() {
        granted("a", HOUR);
        ticker.advance(HOUR.minusSeconds(5));
        Future<Granted> waiting = grant.get();

        assertThat(waiting.isComplete()).isFalse();
        grants("b", HOUR);
        assertThat(waiting.result()).isEqualTo(token("b"));
    }

    @Test
    void countsTheLifeFromTheRequestAndNotFromTheAnswer() {
        grant.get();
        ticker.advance(Duration.ofSeconds(30));
        grants("a", HOUR);
        ticker.advance(HOUR.minusSeconds(90));
        grant.get();
        assertThat(requests).hasSize(2);
    }

    @Test
    void asksAgainAfterAPauseThatDoubles() {
        denied("no");
        for (int pause : List.of(2, 4, 8, 16, 32, 60, 60)) {
            int before = requests.size();
            ticker.advance(Duration.ofSeconds(pause).minusNanos(1));
            assertThat(grant.get().result()).isEqualTo(new Granted.Denied("no"));
            assertThat(requests).hasSize(before);
            ticker.advance(Duration.ofNanos(1));
            denied("no");
            assertThat(requests).hasSize(before + 1);
        }
    }

    @Test
    void goesOnWithAGoodTokenWhereItsRefreshFails() {
        granted("a", HOUR);
        ticker.advance(HOUR.minusSeconds(60));
        denied("down");

        assertThat(grant.get().result()).isEqualTo(token("a"));
        assertThat(requests).hasSize(2);
        ticker.advance(Duration.ofSeconds(1));
        grant.get();
        assertThat(requests).as("asked while it pauses").hasSize(2);
        ticker.advance(Duration.ofSeconds(54));
        Future<Granted> gone = grant.get();
        assertThat(gone.isComplete()).isFalse();
        answer(new TokenAnswer(new Granted.Denied("still down"), Duration.ZERO));
        assertThat(gone.result()).isEqualTo(new Granted.Denied("still down"));
    }

    @Test
    void dropsARefusedTokenOnceAMinute() {
        granted("a", HOUR);
        grant.refused(token("a"));
        granted("b", HOUR);
        grant.refused(token("b"));
        assertThat(grant.get().result()).as("refused at once again").isEqualTo(token("b"));

        ticker.advance(Duration.ofMinutes(1));
        grant.refused(token("b"));
        assertThat(grant.get().isComplete()).isFalse();
        assertThat(requests).hasSize(3);
    }

    @Test
    void keepsTheNewTokenWhereAnOldOneIsRefused() {
        granted("a", HOUR);
        grant.refused(token("a"));
        granted("b", HOUR);
        ticker.advance(Duration.ofMinutes(2));
        grant.refused(token("a"));

        assertThat(grant.get().result()).isEqualTo(token("b"));
    }

    @Test
    void takesAnAnswerThatIsThereAtOnce() {
        ClientToken quick = new ClientToken(
                () -> Future.succeededFuture(new TokenAnswer(new Granted.Denied("forbidden"), Duration.ZERO)), ticker);

        assertThat(quick.get().result()).isEqualTo(new Granted.Denied("forbidden"));
        assertThat(quick.get().result()).isEqualTo(new Granted.Denied("forbidden"));
    }

    private void granted(String token, Duration lifetime) {
        grant.get();
        grants(token, lifetime);
    }

    private void grants(String token, Duration lifetime) {
        answer(new TokenAnswer(token(token), lifetime));
    }

    private void denied(String reason) {
        grant.get();
        answer(new TokenAnswer(new Granted.Denied(reason), Duration.ZERO));
    }

    private void answer(TokenAnswer answer) {
        requests.get(requests.size() - 1).complete(answer);
    }

    private static Granted.Token token(String text) {
        return new Granted.Token(text);
    }
}
