package dev.sluice.life.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.life.Life;
import dev.sluice.life.Roll.Called;
import dev.sluice.redis.RedisLink;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Time goes by where a test says so: what the roll remembers is put back by as much. */
class RedisRollTest {
    private static final Duration RECONNECT = Duration.ofMinutes(10);
    private static final Duration LONG = Life.PATIENCE.plusSeconds(1);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;
    private RedisRoll roll;

    @BeforeEach
    void open() {
        link = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "life")));
        LOOP.get(link::up);
        roll = new RedisRoll(link, RECONNECT, false);
    }

    @AfterEach
    void close() {
        LOOP.get(link::close);
    }

    private Called begin(String life) {
        return LOOP.get(() -> roll.beat(life, true, Duration.ZERO));
    }

    private Called beat(String life) {
        return LOOP.get(() -> roll.beat(life, false, Duration.ZERO));
    }

    /** Nothing more holds back those who judge. */
    private static void judgeFromNowOn() {
        REDIS.command("HSET", "sluice:{life}:terms", "judge", "0");
    }

    private static void silentFor(Duration time, String... lives) {
        for (String life : lives) {
            REDIS.command("ZINCRBY", "sluice:{life}:roll", "-" + time.toMillis(), life);
        }
    }

    private void usual(String... lives) {
        for (String life : lives) {
            begin(life);
        }
        judgeFromNowOn();
    }

    @Test
    void whoSaidNothingForLongIsOverAndNobodyElse() {
        usual("a.1", "b.1", "c.1");
        silentFor(LONG, "c.1");
        silentFor(Life.PATIENCE.minusSeconds(1), "b.1");
        assertThat(beat("a.1").over()).containsExactly("c.1");
        assertThat(beat("a.1").on()).containsExactlyInAnyOrder("a.1", "b.1");
    }

    @Test
    void whoComesBackGoesOn() {
        usual("a.1", "b.1");
        silentFor(LONG, "b.1");
        assertThat(beat("a.1").over()).containsExactly("b.1");
        beat("b.1");
        assertThat(beat("a.1").over()).isEmpty();
    }

    @Test
    void whoEndsIsOverAtOnce() {
        usual("a.1", "b.1");
        LOOP.get(() -> roll.end("b.1"));
        assertThat(beat("a.1").over()).containsExactly("b.1");
    }

    @Test
    void nobodyIsOverWhoHadNoTimeToComeBackAfterNobodyCouldBeat() {
        usual("a.1", "b.1");
        silentFor(LONG, "a.1", "b.1");
        assertThat(beat("a.1").over()).isEmpty();
        assertThat(beat("a.1").over()).isEmpty();
        assertThat(begin("c.1").over()).isEmpty();
    }

    @Test
    void nobodyIsOverWhoHadNoTimeToComeBackAfterRedisRestartedThoughANewPodIsTheFirst() {
        usual("a.1", "b.1");
        silentFor(LONG, "a.1", "b.1");
        REDIS.kill();
        REDIS.restart();
        Called called = LOOP.until(() -> roll.beat("c.1", true, Duration.ZERO), found -> true);
        assertThat(called.over()).isEmpty();
        assertThat(called.on()).contains("a.1", "b.1");
    }

    @Test
    void whoWasThereAloneIsOverAMomentAfterTheNextBegan() {
        usual("a.1");
        silentFor(LONG, "a.1");
        assertThat(begin("b.1").over()).isEmpty();
        assertThat(millisToJudge()).isBetween(1L, 1000L);
        judgeFromNowOn();
        assertThat(beat("b.1").over()).containsExactly("a.1");
    }

    @Test
    void whoNoticesLateThatRedisIsAnotherHasTimeForThatAndToConnect() {
        usual("a.1", "b.1");
        silentFor(LONG, "a.1", "b.1");
        beat("a.1");
        Duration least = Life.PATIENCE.plus(Life.NOTICE).plus(RECONNECT).minus(Life.NOTICE.dividedBy(2));
        assertThat(millisToJudge()).isGreaterThan(least.toMillis());
    }

    private static long millisToJudge() {
        String script = "local now = redis.call('TIME')"
                + " return math.ceil(redis.call('HGET', KEYS[1], 'judge') - now[1] * 1000 - now[2] / 1000)";
        return Long.parseLong(
                REDIS.command("EVAL", script, "1", "sluice:{life}:terms").substring(1));
    }

    @Test
    void whoeverWorkedOnARedisThatEndsWithItsPodIsOverWhenTheNextBegins() {
        usual("a.1");
        silentFor(LONG, "a.1");
        REDIS.kill();
        REDIS.restart();
        RedisRoll own = new RedisRoll(link, RECONNECT, true);
        assertThat(LOOP.until(() -> own.beat("b.1", true, Duration.ZERO), found -> true)
                        .over())
                .containsExactly("a.1");
    }

    @Test
    void anEndedLifeIsToldForAMinute() {
        usual("a.1", "b.1", "c.1");
        LOOP.get(() -> roll.end("b.1"));
        silentFor(Duration.ofSeconds(50), "c.1");
        assertThat(beat("a.1").over()).containsExactlyInAnyOrder("b.1", "c.1");
        silentFor(Duration.ofSeconds(20), "c.1");
        beat("a.1");
        assertThat(beat("a.1").over()).containsExactly("b.1");
    }

    @Test
    void othersGetAMomentWhenWhoeverComesFirstStoodStillByItsOwnClock() {
        usual("a.1", "b.1");
        silentFor(LONG, "a.1", "b.1");
        assertThat(LOOP.get(() -> roll.beat("a.1", false, LONG)).over()).isEmpty();
        assertThat(millisToJudge()).isBetween(1L, 1000L);
        judgeFromNowOn();
        assertThat(beat("a.1").over()).containsExactly("b.1");
    }

    @Test
    void othersGetTimeWhenABeatWasLongOnItsWay() {
        usual("a.1", "b.1");
        silentFor(LONG, "a.1", "b.1");
        LOOP.get(() -> roll.beat("a.1", false, Life.BEAT));
        assertThat(millisToJudge()).isGreaterThan(1000);
    }

    private static void putClockBack(Duration by, String... lives) {
        for (String life : lives) {
            REDIS.command("ZINCRBY", "sluice:{life}:roll", String.valueOf(by.toMillis()), life);
        }
        REDIS.command("HINCRBYFLOAT", "sluice:{life}:terms", "judge", String.valueOf(by.toMillis()));
    }

    @Test
    void whoIsSilentIsOverNoLaterThoughTheClockOfRedisWasPutBack() {
        usual("a.1", "b.1");
        begin("c.1");
        REDIS.command("HSET", "sluice:{life}:terms", "judge", String.valueOf(System.currentTimeMillis()));
        putClockBack(Duration.ofHours(1), "a.1", "b.1", "c.1");
        assertThat(beat("a.1").over()).isEmpty();
        Duration comeback = Life.PATIENCE.plus(Life.NOTICE).plus(RECONNECT);
        assertThat(millisToJudge()).isBetween(1L, comeback.toMillis());
        judgeFromNowOn();
        silentFor(LONG, "b.1");
        assertThat(beat("a.1").over()).containsExactly("b.1");
    }

    @Test
    void nobodyIsOverAtOnceWhenTheClockOfRedisIsPutForward() {
        usual("a.1", "b.1");
        silentFor(Duration.ofHours(1), "a.1", "b.1");
        assertThat(beat("a.1").over()).isEmpty();
        assertThat(beat("a.1").on()).containsExactlyInAnyOrder("a.1", "b.1");
    }

    @Test
    void beginsAgainOnARedisThatLostEverything() {
        usual("a.1", "b.1");
        REDIS.flushAll();
        assertThat(beat("a.1")).isEqualTo(new Called(Set.of("a.1"), Set.of()));
    }
}
