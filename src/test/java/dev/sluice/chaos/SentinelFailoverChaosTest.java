package dev.sluice.chaos;

import static org.awaitility.Awaitility.await;

import dev.sluice.testing.redis.RedisProcess;
import dev.sluice.testing.redis.RedisSentinels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As {@link FailoverChaosTest}, of a master with a replica that three Sentinels watch. */
class SentinelFailoverChaosTest extends FailoverStory {
    @RegisterExtension
    static final RedisSentinels REDIS = new RedisSentinels();

    @Override
    String uri() {
        return REDIS.uri();
    }

    @Override
    void awaitWhole() {
        REDIS.awaitWhole();
    }

    @Test
    void nothingAcceptedIsLostAndOrderHoldsWhateverHappensToTheMaster() {
        for (int i = 0; i < FAILOVERS; i++) {
            ledger.during("the master is killed, its replica takes over", () -> kill(REDIS.master(), replica()));
            if (LONG) {
                ledger.during("the replica is made the master", this::failOver);
            }
        }
        if (LONG) {
            ledger.during("all connections are cut", () -> cutConnections(REDIS.master()));
            ledger.during("the master stands still", () -> suspend(REDIS.master(), replica()));
            ledger.during("the master is cut off from its replica", () -> cutOff(replica()));
            ledger.during("both servers are killed and started again", this::restartAll);
        }
        end("A master with a replica and three Sentinels");
    }

    private static RedisProcess replica() {
        RedisProcess master = REDIS.master();
        return REDIS.servers().stream()
                .filter(server -> server != master)
                .findFirst()
                .orElseThrow();
    }

    /** The Sentinels refuse a failover too soon after the last. */
    private void failOver() {
        RedisProcess replica = replica();
        REDIS.failOver();
        awaitMaster(replica);
        awaitWhole();
    }

    private void restartAll() {
        REDIS.servers().forEach(RedisProcess::kill);
        REDIS.servers().forEach(RedisProcess::restart);
        await().until(() -> REDIS.master().isAlive());
        awaitWhole();
    }
}
