package dev.sluice.redis.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.RedisLink;
import dev.sluice.redis.trouble.Trouble;
import dev.sluice.testing.Loop;
import dev.sluice.testing.redis.RedisCluster;
import dev.sluice.testing.redis.RedisProcess;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said of a cluster of which a part is away or unfit. */
class ClusterFitnessTest {
    @RegisterExtension
    static final RedisCluster REDIS = new RedisCluster(3, 0);

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private final AtomicReference<Set<Trouble>> seen = new AtomicReference<>(Set.of());
    private RedisLink link;
    private FitnessWatch watch;

    @BeforeEach
    void watch() {
        link = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "test")));
        LOOP.get(link::up);
        watch = new FitnessWatch(
                link,
                new Needs(false, false, 0, Duration.ZERO),
                new VertxTimers(LOOP.vertx()),
                (troubles, share) -> seen.set(Set.copyOf(troubles)));
        LOOP.get(watch::start);
        assertThat(watch.reasons()).isEmpty();
    }

    @AfterEach
    void stop() {
        watch.stop();
        LOOP.get(link::close);
    }

    private void awaitTroubles(Trouble... troubles) {
        LOOP.until(() -> Future.succeededFuture(seen.get()), found -> found.equals(Set.of(troubles)));
    }

    @Test
    void isFitThoughAMasterIsAwayAndSaysWhich() {
        RedisProcess away = REDIS.masters().get(1);
        away.kill();
        awaitTroubles(Trouble.PART_AWAY);
        assertThat(watch.isFit()).isTrue();
        assertThat(watch.reasons()).singleElement().asString().contains(away.at());
        away.restart();
        awaitTroubles();
    }

    @Test
    void isNotFitWhereOneMasterIsNot() {
        RedisProcess evicting = REDIS.masters().get(2);
        evicting.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        awaitTroubles(Trouble.EVICTS);
        assertThat(watch.isFit()).isFalse();
        evicting.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        awaitTroubles();
    }

    @Test
    void isAwayWhereAllAre() {
        List<RedisProcess> all = REDIS.masters();
        all.forEach(RedisProcess::kill);
        LOOP.until(() -> Future.succeededFuture(watch.isFit()), fit -> !fit);
        all.forEach(RedisProcess::restart);
        awaitTroubles();
    }
}
