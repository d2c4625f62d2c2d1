package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.park;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.BacklogListener;
import dev.sluice.delivery.BacklogListener.Backlog;
import dev.sluice.delivery.BacklogListener.Part;
import dev.sluice.delivery.BacklogListener.State;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.redis.Keys;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisBacklogsTest extends RedisPlace {
    private static final Part NOTHING = new Part(0, Duration.ZERO);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    @Override
    RedisServer redis() {
        return REDIS;
    }

    @Override
    Loop loop() {
        return LOOP;
    }

    @BeforeEach
    void empty() {
        REDIS.flushAll();
    }

    /** As a pod is told, of all shards. */
    private Map<Integer, Backlog> look(Duration serves) {
        Map<Integer, Backlog> told = new HashMap<>();
        BacklogListener listener = told::put;
        LOOP.get(() -> new RedisBacklogs(link, HOMES, Ticker.SYSTEM, serves, listener).look());
        return told;
    }

    /** Anew, whoever asked a moment ago. */
    private Backlog look() {
        REDIS.command("DEL", Keys.waiting("q0"));
        return look(Duration.ofMillis(1)).get(0);
    }

    private void write(String webhook, Duration rest, Outcome outcome) {
        LOOP.get(() -> parking.write(new LaneKey(webhook, "default"), List.of(outcome), rest));
    }

    private static Delivery aged(String webhook, Duration age) {
        return fresh(acceptedAgo(age), new LaneKey(webhook, "default"), null);
    }

    @Test
    void anEmptyRedisHasNothingAndNothingIsOld() {
        Backlog backlog = look();
        assertThat(backlog.parts().values()).containsOnly(NOTHING);
        assertThat(backlog.bytes() + backlog.deadLetters() + backlog.overdue().toMillis())
                .isZero();
    }

    @Test
    void whatMayGoIsDueAndAsOldAsItsEvent() {
        write("wh_1", Duration.ZERO, park(aged("wh_1", Duration.ofMinutes(10))));
        write("wh_2", Duration.ZERO, park(aged("wh_2", Duration.ofMinutes(2))));

        Backlog backlog = look();

        Part due = backlog.parts().get(State.DUE);
        assertThat(due.count()).isEqualTo(2);
        assertThat(due.oldest()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
        assertThat(backlog.parts().get(State.LATER)).isEqualTo(NOTHING);
        assertThat(backlog.bytes()).isPositive();
    }

    @Test
    void whatItsEndpointKeepsWaitingRestsAndCallsForNoMorePods() {
        write("wh_1", LONG, park(aged("wh_1", Duration.ofMinutes(3))));

        Backlog backlog = look();

        assertThat(backlog.parts().get(State.RESTING).count()).isEqualTo(1);
        assertThat(backlog.parts().get(State.RESTING).oldest()).isGreaterThanOrEqualTo(Duration.ofMinutes(3));
        assertThat(backlog.parts().get(State.DUE)).isEqualTo(NOTHING);
        assertThat(backlog.overdue()).isZero();
    }

    @Test
    void whatAPausedWebhookHasRestsToo() {
        write("wh_1", Duration.ZERO, park(aged("wh_1", Duration.ofMinutes(3))));
        LOOP.get(() -> parking.sleep(new LaneKey("wh_1", "default")));
        assertThat(look().parts().get(State.RESTING).count()).isEqualTo(1);
    }

    @Test
    void whatWaitsForItsNextAttemptOrIsUnderWayIsNotDue() {
        Delivery retried = aged("wh_1", Duration.ofMinutes(3));
        write("wh_1", Duration.ZERO, new Outcome.Park(retried, 0, LONG));
        write("wh_2", Duration.ZERO, park(aged("wh_2", Duration.ofMinutes(3))));
        LOOP.get(() -> parking.claim(new LaneKey("wh_2", "default"), 10));

        Backlog backlog = look();

        assertThat(backlog.parts().get(State.LATER).count()).isEqualTo(2);
        assertThat(backlog.parts().get(State.DUE)).isEqualTo(NOTHING);
    }

    @Test
    void aWebhookThatNoPodLooksAtIsOverdue() {
        write("wh_1", Duration.ZERO, park(aged("wh_1", Duration.ofMinutes(3))));
        String since = String.valueOf(System.currentTimeMillis() - 60_000);
        REDIS.command("ZADD", Keys.wake("q0"), "XX", since, "wh_1 default");
        assertThat(look().overdue()).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        LOOP.get(() -> parking.wake(0, 10));
        assertThat(look().overdue()).isZero();
    }

    @Test
    void deadLettersAreCounted() {
        Delivery dead = aged("wh_1", Duration.ofMinutes(3));
        write("wh_1", Duration.ZERO, new Outcome.Bury(dead, -1, "gone", Duration.ZERO));
        assertThat(look().deadLetters()).isEqualTo(1);
    }

    @Test
    void oneCountServesAllPodsForAWhile() {
        assertThat(look(LONG).get(0).parts().get(State.DUE)).isEqualTo(NOTHING);
        write("wh_1", Duration.ZERO, park(aged("wh_1", Duration.ofMinutes(10))));
        assertThat(look(LONG).get(0).parts().get(State.DUE)).isEqualTo(NOTHING);
    }
}
