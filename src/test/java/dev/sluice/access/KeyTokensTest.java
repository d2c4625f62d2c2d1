package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.secrets.Entropy;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeyTokensTest {
    private final KeyTokens tokens = new KeyTokens(Entropy.SYSTEM);

    @Test
    void makesTokensOf256RandomBits() {
        assertThat(tokens.token()).matches("slk_[A-Za-z0-9_-]{43}").isNotEqualTo(tokens.token());
        assertThat(tokens.id()).matches("key_[0-9a-f]{20}").isNotEqualTo(tokens.id());
    }

    /** FIPS 180-2, appendix B.1. */
    @Test
    void hashesWithSha256() {
        assertThat(KeyTokens.hash("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void refusesAnAdminKeyOfOneTenant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key(Role.ADMIN, "acme", null))
                .withMessage("tenant: acme (expected: none with role admin)");
    }

    @Test
    void refusesASourceForAKeyThatCannotPublish() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key(Role.MANAGE, null, "cms"))
                .withMessage("source: cms (expected: none, or role publish)");
    }

    private static ApiKey key(Role role, String tenant, String source) {
        return new ApiKey("key_1", "k", role, tenant, source, KeyTokens.hash("t"), Instant.EPOCH);
    }
}
