package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.events;
import static dev.sluice.delivery.ParkingSite.finish;
import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.park;
import static dev.sluice.delivery.ParkingSite.taken;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Claim;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.redis.Keys;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dead letters that are parked again: where they stand in their chain and in the backlog. */
class DeadLetterRetryTest extends RedisPlace {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisDeadLetters letters;

    @Override
    RedisServer redis() {
        return REDIS;
    }

    @Override
    Loop loop() {
        return LOOP;
    }

    @BeforeEach
    void openLetters() {
        letters = new RedisDeadLetters(link, HOMES, DeliveryConfigs.config(LONG, Duration.ofDays(30)));
    }

    private void retry(Delivery delivery) {
        assertThat(LOOP.get(() -> letters.retry(delivery.id()))).isTrue();
    }

    private static Outcome bury(Delivery delivery) {
        return new Outcome.Bury(delivery, 0, "exhausted");
    }

    private static Outcome buryClaimed(Claimed claimed) {
        return new Outcome.Bury(taken(claimed, 1), 0, "exhausted");
    }

    @Test
    void aRetriedLetterGoesToTheEndOfItsChain() {
        write(park(fresh(1, "a")), park(fresh(2, "a")), park(fresh(3, "a")));
        write(buryClaimed(claimOne()));
        retry(fresh(1, "a"));
        write(finish(claimOne()));
        write(finish(claimOne()));
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(1));
    }

    @Test
    void aLetterThatWasNeverParkedHasItsChainToo() {
        write(bury(fresh(1, "a")));
        retry(fresh(1, "a"));
        assertThat(blocked()).containsExactly("a");
        write(park(fresh(2, "a")));
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(1));
    }

    @Test
    void aRetriedLetterCountsInTheBacklogAgain() {
        write(park(fresh(1)));
        write(buryClaimed(claimOne()));
        assertThat(backlog().bytes()).isZero();
        retry(fresh(1));
        assertThat(backlog().bytes()).isEqualTo(PackedSize.of(event(1)));
        write(finish(claimOne()));
        assertThat(backlog().bytes()).isZero();
    }

    @Test
    void aFullBacklogKeepsNoRetriedLetterOut() {
        RedisParking one = with(new ParkingConfig(1, SHORT, LONG, 100, 1, 1 << 20, Duration.ofDays(7)));
        get(() -> one.write(LANE, List.of(park(fresh(1)), park(fresh(2))), Duration.ZERO));
        retry(fresh(2));
        assertThat(claimAll()).extracting(Claimed::event).containsExactlyElementsOf(events(1, 2));
    }

    @Test
    void theAgeOfARetriedLetterBeginsAnew() {
        write(park(fresh(1)));
        makeOld(fresh(1).id());
        assertThat(claim(1)).isEqualTo(new Claim(List.of(), false, 1, List.of()));
        assertThat(LOOP.get(() -> letters.find(fresh(1).id())).orElseThrow().lastOutcome())
                .contains("delivery.parking.maxAge");
        retry(fresh(1));
        assertThat(claimOne().event()).isEqualTo(event(1));
    }

    @Test
    void whatWasBeyondTheLimitSaysWhichLimit() {
        RedisParking small = with(new ParkingConfig(1, SHORT, LONG, 100, 1000, 10, Duration.ofDays(7)));
        get(() -> small.write(LANE, List.of(park(fresh(1))), Duration.ZERO));
        assertThat(LOOP.get(() -> letters.find(fresh(1).id())).orElseThrow().lastOutcome())
                .isEqualTo("the backlog is full: 10 bytes (delivery.parking.maxBytes)");
    }

    @Test
    void lettersWhoseTimeIsUpDoNotCount() {
        write(bury(fresh(1)));
        REDIS.command("ZADD", Keys.dead("q0", LANE.webhookId()), "1", fresh(2).id());
        assertThat(LOOP.get(() -> letters.counts(LANE.webhookId()))).containsExactly(0, 1);
    }

    @Test
    void lettersWhoseTimeIsUpLeaveTheIndexSomeAtATime() {
        for (int i = 0; i < 150; i++) {
            REDIS.command("ZADD", Keys.dead("q0", LANE.webhookId()), "1", "dlv_%d_1".formatted(i));
        }
        write(bury(fresh(1)));
        assertThat(REDIS.command("ZCARD", Keys.dead("q0", LANE.webhookId()))).isEqualTo(":51");
        write(bury(fresh(2)));
        assertThat(REDIS.command("ZCARD", Keys.dead("q0", LANE.webhookId()))).isEqualTo(":2");
    }
}
