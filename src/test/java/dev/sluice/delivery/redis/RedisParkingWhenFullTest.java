package dev.sluice.delivery.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.delivery.BacklogContract;
import dev.sluice.delivery.ChainContract;
import dev.sluice.delivery.CoalesceContract;
import dev.sluice.delivery.ParkingContract;
import dev.sluice.delivery.RestContract;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All that the ledger, claims and lanes do goes on while Redis refuses what may grow. */
class RedisParkingWhenFullTest extends RedisPlace
        implements ParkingContract, ChainContract, CoalesceContract, BacklogContract, RestContract {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    @BeforeEach
    void fill() {
        REDIS.fill();
    }

    @Test
    void othersAreRefused() {
        Request growing = Request.cmd(Command.SET).arg("key").arg("value");
        assertThatThrownBy(() -> LOOP.get(() -> link.send(growing)))
                .isInstanceOfSatisfying(
                        RedisUnavailable.class,
                        refused -> assertThat(refused.trouble()).isEqualTo(Trouble.FULL));
    }

    @Override
    public void makeOld(String deliveryId) {
        REDIS.makeRoom();
        super.makeOld(deliveryId);
        REDIS.fill();
    }

    @Override
    RedisServer redis() {
        return REDIS;
    }

    @Override
    Loop loop() {
        return LOOP;
    }
}
