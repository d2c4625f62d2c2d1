package dev.sluice.subscription.redis;

import dev.sluice.subscription.Registry;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.RegistryContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What else it does is in {@link TwoRegistriesTest}. */
final class RedisRegistryTest extends RegistryContract {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private Pod pod;

    @BeforeEach
    void start() {
        pod = new Pod(REDIS.uri());
        TwoRegistriesHarness.eventually(() -> get(pod.registry.find("default", "wh_none")));
    }

    @AfterEach
    void stop() {
        pod.stop();
    }

    @Override
    protected Registry registry() {
        return pod.registry;
    }
}
