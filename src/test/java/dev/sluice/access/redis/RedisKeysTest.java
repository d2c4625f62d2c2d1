package dev.sluice.access.redis;

import static dev.sluice.testing.ApiKeys.key;
import static dev.sluice.testing.ApiKeys.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.KeyRing;
import dev.sluice.access.KeyStore;
import dev.sluice.access.KeyStore.Removed;
import dev.sluice.access.KeyStoreContract;
import dev.sluice.access.Role;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisKeysTest extends KeyStoreContract {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private final ManualTimers timers = new ManualTimers(new ManualTicker());
    private Vertx vertx;
    private RedisLink link;

    @BeforeEach
    void connect() {
        vertx = Vertx.vertx();
        Duration pause = Duration.ofMillis(10);
        link = RedisLink.open(vertx, new RedisTarget(REDIS.uri(), Duration.ofSeconds(10), pause, pause), "keys");
        Promise<Void> up = Promise.promise();
        link.onUp(up::tryComplete);
        await(up.future());
    }

    @AfterEach
    void close() {
        await(link.close());
        await(vertx.close());
    }

    @Override
    protected KeyStore keys(KeyRing ring) {
        return started(ring);
    }

    @Test
    void refusesAKeyInEveryPodAtTheNextLookAfterItWasDeletedInOne() {
        KeyRing here = unconfigured();
        KeyRing there = unconfigured();
        RedisKeys keys = started(here);
        await(keys.add(key("a", Role.ADMIN)));
        await(keys.add(key("b", Role.READ)));
        started(there);
        assertThat(there.authenticate(token("b"))).isNotNull();

        await(keys.remove("b"));
        assertThat(here.authenticate(token("b"))).isNull();
        assertThat(there.authenticate(token("b"))).isNotNull();
        timers.advance(Duration.ofSeconds(1));
        Awaitility.await().until(() -> there.authenticate(token("b")) == null);
        assertThat(there.authenticate(token("a"))).isNotNull();
    }

    @Test
    void noticesThatTheDataWasLostAndDoesNotOpen() {
        await(started(unconfigured()).add(key("a", Role.ADMIN)));
        KeyRing ring = unconfigured();
        RedisKeys keys = started(ring);
        REDIS.command("FLUSHALL");
        await(keys.look());
        assertThat(ring.authenticate(token("a"))).isNull();
        assertThat(ring.isOpen()).isFalse();
    }

    @Test
    void refusesToRemoveTheOnlyKeyWhereNobodyCouldComeInAfterwards() {
        await(started(unconfigured()).add(key("a", Role.ADMIN)));
        assertThat(await(started(unconfigured()).remove("a"))).isEqualTo(Removed.LAST_ADMIN);
    }

    @Test
    void passesOverAKeyThatItCannotRead() {
        await(started(unconfigured()).add(key("a", Role.ADMIN)));
        REDIS.command("HSET", "sluice:{access}:keys", "b", "{\"role\":\"emperor\"}");
        KeyRing ring = unconfigured();
        RedisKeys keys = started(ring);
        assertThat(ring.authenticate(token("a"))).isNotNull();
        assertThat(await(keys.list())).containsExactly(key("a", Role.ADMIN));
    }

    @Test
    void holdsNoTokenInRedis() {
        await(started(unconfigured()).add(key("a", Role.ADMIN)));
        assertThat(REDIS.command("HSTRLEN", "sluice:{access}:keys", "a")).isNotEqualTo(":0");
        assertThat(KeyCodec.encode(key("a", Role.ADMIN))).doesNotContain(token("a"));
    }

    @Test
    void looksNoMoreOnceStopped() {
        RedisKeys keys = started(unconfigured());
        assertThat(timers.count()).isEqualTo(1);
        keys.stop();
        assertThat(timers.count()).isZero();
    }

    private RedisKeys started(KeyRing ring) {
        RedisKeys keys = new RedisKeys(link, ring, timers);
        await(keys.start());
        return keys;
    }
}
