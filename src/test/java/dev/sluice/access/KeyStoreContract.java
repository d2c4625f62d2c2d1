package dev.sluice.access;

import static dev.sluice.testing.ApiKeys.bound;
import static dev.sluice.testing.ApiKeys.key;
import static dev.sluice.testing.ApiKeys.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.KeyStore.Added;
import dev.sluice.access.KeyStore.Removed;
import dev.sluice.config.AccessConfig;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every store of keys does. */
public abstract class KeyStoreContract {
    /** Keys whose store is empty and which fill the ring. */
    protected abstract KeyStore keys(KeyRing ring);

    @Test
    void holdsWhatWasAddedInOrder() {
        KeyStore keys = keys(unconfigured());
        ApiKey second = bound("b", Role.PUBLISH, "acme", "cms");
        await(keys.add(key("c", Role.ADMIN)));
        await(keys.add(second));
        assertThat(await(keys.list())).containsExactly(second, key("c", Role.ADMIN));
    }

    @Test
    void letsAKeyInAsSoonAsItIsAddedAndNoLongerOnceRemoved() {
        KeyRing ring = unconfigured();
        KeyStore keys = keys(ring);
        await(keys.add(key("a", Role.ADMIN)));
        await(keys.add(key("b", Role.READ)));
        assertThat(ring.authenticate(token("b"))).isNotNull();
        assertThat(await(keys.remove("b"))).isEqualTo(Removed.REMOVED);
        assertThat(ring.authenticate(token("b"))).isNull();
    }

    @Test
    void startsWithAnAdminsKey() {
        KeyRing ring = unconfigured();
        KeyStore keys = keys(ring);
        assertThat(await(keys.add(key("a", Role.MANAGE)))).isEqualTo(Added.FIRST_MUST_BE_ADMIN);
        assertThat(ring.isOpen()).isTrue();
        assertThat(await(keys.add(key("b", Role.ADMIN)))).isEqualTo(Added.ADDED);
        assertThat(await(keys.add(key("a", Role.MANAGE)))).isEqualTo(Added.ADDED);
    }

    @Test
    void takesNoMoreKeysThanEachPodMayHold() {
        KeyRing ring = configured();
        KeyStore keys = keys(ring);
        ring.replace(ring.turn(), List.of(), KeyRing.MOST);
        assertThat(keys.add(key("a", Role.READ))).satisfies(refused -> {
            Awaitility.await().until(refused::isComplete);
            assertThat(refused.cause()).hasMessageContaining("10000 API keys are stored (expected: at most 10000");
        });
        assertThat(await(keys.list())).isEmpty();
        ring.replace(ring.turn(), List.of(), KeyRing.MOST - 1);
        assertThat(await(keys.add(key("a", Role.READ)))).isEqualTo(Added.ADDED);
    }

    @Test
    void startsWithAnyKeyWhereAnAdminKeyIsConfigured() {
        KeyStore keys = keys(configured());
        assertThat(await(keys.add(key("a", Role.READ)))).isEqualTo(Added.ADDED);
    }

    @Test
    void keepsTheLastAdminsKeyWhileThereAreOthers() {
        KeyStore keys = keys(unconfigured());
        await(keys.add(key("a", Role.ADMIN)));
        await(keys.add(key("b", Role.READ)));
        assertThat(await(keys.remove("a"))).isEqualTo(Removed.LAST_ADMIN);
        await(keys.add(key("c", Role.ADMIN)));
        assertThat(await(keys.remove("a"))).isEqualTo(Removed.REMOVED);
        assertThat(await(keys.remove("c"))).isEqualTo(Removed.LAST_ADMIN);
    }

    @Test
    void removesTheLastAdminsKeyWhereOneIsConfigured() {
        KeyStore keys = keys(configured());
        await(keys.add(key("a", Role.ADMIN)));
        await(keys.add(key("b", Role.READ)));
        assertThat(await(keys.remove("a"))).isEqualTo(Removed.REMOVED);
    }

    @Test
    void opensAgainWhenTheOnlyKeyIsRemoved() {
        KeyRing ring = unconfigured();
        KeyStore keys = keys(ring);
        await(keys.add(key("a", Role.ADMIN)));
        assertThat(await(keys.remove("a"))).isEqualTo(Removed.REMOVED);
        assertThat(ring.isOpen()).isTrue();
    }

    @Test
    void saysThatThereIsNoSuchKey() {
        assertThat(await(keys(unconfigured()).remove("a"))).isEqualTo(Removed.NO_SUCH_KEY);
    }

    protected static KeyRing unconfigured() {
        return new KeyRing(new AccessConfig(null));
    }

    private static KeyRing configured() {
        return new KeyRing(new AccessConfig("a-configured-admin-key"));
    }

    protected static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
