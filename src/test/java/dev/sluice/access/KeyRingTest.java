package dev.sluice.access;

import static dev.sluice.testing.ApiKeys.key;
import static dev.sluice.testing.ApiKeys.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.AccessConfig;
import dev.sluice.testing.ApiKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final String CONFIGURED = "a-configured-admin-key";

    private final KeyRing ring = new KeyRing(new AccessConfig(null));

    @Test
    void knowsTheHolderOfAStoredKey() {
        fill(ApiKeys.bound("a", Role.PUBLISH, "acme", "cms"));
        assertThat(ring.authenticate(token("a"))).isEqualTo(new Caller("a", "the a", Role.PUBLISH, "acme", "cms"));
    }

    @Test
    void knowsNobodyByAWrongToken() {
        fill(key("a", Role.ADMIN));
        assertThat(ring.authenticate(token("b"))).isNull();
        assertThat(ring.authenticate("")).isNull();
        assertThat(ring.authenticate(KeyTokens.hash(token("a")))).isNull();
    }

    /** The look-up finds by eight bytes; only the comparison of all 32 lets in. */
    @Test
    void comparesTheWholeHashAndNotOnlyWhatFindsIt() {
        String right = KeyTokens.hash(token("a"));
        String alike = right.substring(0, 16) + "0".repeat(48);
        ApiKey key = key("a", Role.ADMIN);
        fill(new ApiKey(key.id(), key.name(), key.role(), null, null, alike, key.createdAt()));
        assertThat(ring.authenticate(token("a"))).isNull();
    }

    @Test
    void forgetsAKeyThatIsNotThereAnyMore() {
        fill(key("a", Role.ADMIN), key("b", Role.READ));
        fill(key("a", Role.ADMIN));
        assertThat(ring.authenticate(token("b"))).isNull();
        assertThat(ring.authenticate(token("a"))).isNotNull();
    }

    @Test
    void ignoresAReadThatBeganBeforeTheOneInForce() {
        long early = ring.turn();
        fill(key("a", Role.ADMIN));
        ring.replace(early, List.of(key("a", Role.ADMIN), key("deleted", Role.ADMIN)), 2);
        assertThat(ring.authenticate(token("deleted"))).isNull();
    }

    @Test
    void holdsTheConfiguredKeyWhateverIsStored() {
        KeyRing configured = new KeyRing(new AccessConfig(CONFIGURED));
        assertThat(configured.authenticate(CONFIGURED))
                .isEqualTo(new Caller("access.adminKey", "access.adminKey", Role.ADMIN, null, null));
        configured.replace(configured.turn(), List.of(), 0);
        assertThat(configured.authenticate(CONFIGURED)).isNotNull();
        assertThat(configured.isOpen()).isFalse();
        assertThat(configured.holdsKeys()).isTrue();
    }

    @Test
    void isNotOpenBeforeTheStoreWasRead() {
        assertThat(ring.isOpen()).isFalse();
        assertThat(ring.isLoaded()).isFalse();
    }

    @Test
    void isOpenUntilTheFirstKeyIsMadeAndAgainWhenItIsDeleted() {
        fill();
        assertThat(ring.isOpen()).isTrue();
        fill(key("a", Role.ADMIN));
        assertThat(ring.isOpen()).isFalse();
        fill();
        assertThat(ring.isOpen()).isTrue();
    }

    @Test
    void neverOpensInAProcessThatStartedWithKeys() {
        fill(key("a", Role.ADMIN));
        fill();
        assertThat(ring.isOpen()).isFalse();
        assertThat(ring.authenticate(token("a"))).isNull();
    }

    @Test
    void isNotOpenedByAKeyThatCannotBeRead() {
        ring.replace(ring.turn(), List.of(), 1);
        assertThat(ring.isOpen()).isFalse();
        assertThat(ring.holdsKeys()).isTrue();
    }

    private void fill(ApiKey... keys) {
        ring.replace(ring.turn(), List.of(keys), keys.length);
    }
}
