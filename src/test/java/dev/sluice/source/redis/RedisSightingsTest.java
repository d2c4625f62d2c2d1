package dev.sluice.source.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.RedisLink;
import dev.sluice.source.RefusedRequest;
import dev.sluice.source.Sightings;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisSightingsTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private final ManualTimers timers = new ManualTimers(new ManualTicker());
    private RedisLink link;
    private RedisSightings sightings;

    @BeforeEach
    void connect() {
        link = RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "sightings");
        get(link.up());
        sightings = new RedisSightings(link, timers);
    }

    @AfterEach
    void close() {
        get(link.close());
    }

    @Test
    void keepsTheLastFiftyRefusedRequestsOfAllPods() {
        RedisSightings other = new RedisSightings(link, timers);
        for (int i = 0; i < 70; i++) {
            RefusedRequest request = refused(i);
            sightings.refused("cms", () -> request);
        }
        other.refused("cms", () -> refused(70));
        other.refused("another", () -> refused(0));
        get(sightings.flush());
        get(other.flush());

        assertThat(get(sightings.refusals("cms")))
                .hasSize(RefusedRequest.MOST)
                .startsWith(refused(70), refused(69))
                .endsWith(refused(21));
        assertThat(get(sightings.refusals("none"))).isEmpty();
    }

    /** To mask a request costs more than to refuse it, and a flood of them is when that matters. */
    @Test
    void makesNothingOfARequestThatItHasNoRoomFor() {
        for (int i = 0; i < 600; i++) {
            sightings.refused("source" + i, () -> refused(0));
        }
        sightings.refused("cms", () -> {
            throw new AssertionError("made");
        });
        sightings.refused("source0", () -> refused(1));
        get(sightings.flush());
        assertThat(get(sightings.refusals("cms"))).isEmpty();
        assertThat(get(sightings.refusals("source0"))).containsExactly(refused(1));
    }

    private static RefusedRequest refused(int number) {
        return new RefusedRequest(
                Instant.ofEpochSecond(number), "POST", 401, "no " + number, new JsonObject().put("A", "b"), "body");
    }

    @Test
    void countsWhatIsKeptDroppedAndRefusedOfAllPods() {
        RedisSightings other = new RedisSightings(link, timers);
        sightings.kept("cms", "b");
        sightings.kept("cms", "a");
        sightings.kept("cms", "a");
        sightings.dropped("cms", "a");
        sightings.refused("cms");
        sightings.kept("another", "a");
        other.kept("cms", "a");
        get(sightings.flush());
        get(other.flush());

        Sightings.Seen seen = get(sightings.of("cms"));
        assertThat(seen.types()).extracting(Sightings.Type::type).containsExactly("a", "b");
        assertThat(seen.types().get(0).kept()).isEqualTo(3);
        assertThat(seen.types().get(0).dropped()).isEqualTo(1);
        assertThat(seen.types().get(0).lastAt()).isNotNull();
        assertThat(seen.refused()).isEqualTo(1);
        assertThat(seen.lastRefusedAt()).isNotNull();
        assertThat(get(sightings.of("nobody")).types()).isEmpty();
    }

    @Test
    void writesOnceASecondAndNotForEachEvent() {
        sightings.start();
        for (int i = 0; i < 1000; i++) {
            sightings.kept("cms", "a");
        }
        assertThat(get(sightings.of("cms")).types()).isEmpty();
        timers.advance(Duration.ofSeconds(1));
        Awaitility.await().until(() -> !get(sightings.of("cms")).types().isEmpty());
        assertThat(get(sightings.of("cms")).types().get(0).kept()).isEqualTo(1000);
        get(sightings.flush());
        assertThat(get(sightings.of("cms")).types().get(0).kept()).isEqualTo(1000);
    }

    @Test
    void countsTheTypesBeyondAThousandTogether() {
        for (int i = 0; i < Sightings.MOST_TYPES + 5; i++) {
            sightings.kept("cms", "type." + i);
        }
        sightings.kept("cms", "x".repeat(1000));
        get(sightings.flush());
        Sightings.Seen seen = get(sightings.of("cms"));
        assertThat(seen.types()).hasSizeBetween(Sightings.MOST_TYPES - 2, Sightings.MOST_TYPES);
        long named = seen.types().stream().mapToLong(Sightings.Type::kept).sum();
        assertThat(named + seen.others()).isEqualTo(Sightings.MOST_TYPES + 6);
    }

    @Test
    void countsWhatRulesFoundAndWhoWasTurnedAway() {
        sightings.ruled("cms", Set.of("userPaths: author"), Set.of("userPaths: owner"));
        sightings.ruled("cms", Set.of(), Set.of("userPaths: author", "userPaths: owner"));
        sightings.denied("cms");
        get(sightings.flush());
        sightings.ruled("cms", Set.of("userPaths: author"), Set.of());
        sightings.denied("cms");
        get(sightings.flush());

        Sightings.Seen seen = get(sightings.of("cms"));
        assertThat(seen.rules())
                .containsExactlyInAnyOrder(
                        new Sightings.Rule("userPaths: author", 2, 1), new Sightings.Rule("userPaths: owner", 0, 2));
        assertThat(seen.denied()).isEqualTo(2);
        assertThat(seen.lastDeniedAt()).isNotNull();
        assertThat(get(sightings.of("nobody")).rules()).isEmpty();
    }

    @Test
    void namesATypeHoweverManyRulesThereAre() {
        for (int i = 0; i < Sightings.MOST_RULES + 5; i++) {
            sightings.ruled("cms", Set.of(), Set.of("userPaths: " + i));
        }
        get(sightings.flush());
        sightings.kept("cms", "a");
        get(sightings.flush());

        Sightings.Seen seen = get(sightings.of("cms"));
        assertThat(seen.types()).extracting(Sightings.Type::type).containsExactly("a");
        assertThat(seen.others()).isZero();
        assertThat(seen.rules()).hasSize(Sightings.MOST_RULES);
    }

    /** Else those of rules that are no more would stay as long as the source sends. */
    @Test
    void beginsAnewWithRulesAsLongAfterTheFirstCountAsSourcesAreRemembered() {
        sightings.kept("cms", "a");
        sightings.ruled("cms", Set.of(), Set.of("userPaths: author"));
        get(sightings.flush());
        REDIS.command("EXPIRE", "sluice:{sources}:seen:cms", "1000");
        REDIS.command("EXPIRE", "sluice:{sources}:ruled:cms", "1000");
        sightings.kept("cms", "a");
        sightings.ruled("cms", Set.of(), Set.of("userPaths: owner"));
        get(sightings.flush());
        assertThat(seconds("seen")).isGreaterThan(1000);
        assertThat(seconds("ruled")).isBetween(1L, 1000L);
    }

    private static long seconds(String kind) {
        return Long.parseLong(
                REDIS.command("TTL", "sluice:{sources}:%s:cms".formatted(kind)).substring(1));
    }

    @Test
    void addsWhatRedisDidNotTakeTheNextTime() {
        sightings.kept("cms", "a");
        REDIS.kill();
        Awaitility.await().until(() -> !link.isUp());
        get(sightings.flush().otherwiseEmpty());
        REDIS.restart();
        sightings.kept("cms", "a");
        Awaitility.await().until(link::isUp);
        get(sightings.flush());
        assertThat(get(sightings.of("cms")).types().get(0).kept()).isEqualTo(2);
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
