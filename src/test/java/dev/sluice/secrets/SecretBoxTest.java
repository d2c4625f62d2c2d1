package dev.sluice.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretBoxTest {
    private static final String PLACE = "webhook default/wh_1, password";

    private final String key = SecretBox.newKey(Entropy.SYSTEM);
    private final SecretBox box = SecretBox.fromKey(key);

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "a password with ünïcode •", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void opensWhatItSealed(String secret) {
        String sealed = box.seal(secret, PLACE);

        assertThat(sealed).startsWith("v1.");
        assertThat(box.open(sealed, PLACE)).isEqualTo(secret);
        assertThat(SecretBox.fromKey(" " + key + "\n").open(sealed, PLACE)).isEqualTo(secret);
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        assertThat(box.seal("secret", PLACE)).isNotEqualTo(box.seal("secret", PLACE));
    }

    @Test
    void opensWhatAnotherOfItsKeysSealedCountsItAndSealsWithItsOwn() {
        String next = SecretBox.newKey(Entropy.SYSTEM);
        SecretBox both = SecretBox.fromKeys(next, List.of(SecretBox.newKey(Entropy.SYSTEM), key));

        assertThat(both.open(box.seal("secret", PLACE), PLACE)).isEqualTo("secret");
        assertThat(both.openedByOthers()).isEqualTo(1);
        assertThat(SecretBox.fromKey(next).open(both.seal("secret", PLACE), PLACE))
                .isEqualTo("secret");
        assertThat(both.open(both.seal("secret", PLACE), PLACE)).isEqualTo("secret");
        assertThat(both.openedByOthers()).isEqualTo(1);
    }

    @Test
    void saysWhichSecretAnotherKeyCannotOpen() {
        SecretBox other = SecretBox.fromKey(SecretBox.newKey(Entropy.SYSTEM));

        assertThatThrownBy(() -> other.open(box.seal("secret", PLACE), PLACE))
                .isInstanceOf(UnreadableSecret.class)
                .hasMessageStartingWith(PLACE)
                .hasMessageContaining("the key differs")
                .hasMessageContaining("secrets.key");
    }

    @Test
    void doesNotOpenASecretInAnotherPlace() {
        String sealed = box.seal("secret", PLACE);

        assertThatThrownBy(() -> box.open(sealed, "webhook default/wh_2, password"))
                .isInstanceOf(UnreadableSecret.class);
    }

    @Test
    void refusesWhatWasChangedOrIsNotSealed() {
        byte[] whole = Base64.getDecoder().decode(box.seal("secret", PLACE).substring(3));
        whole[whole.length - 1] ^= 1;
        String changed = "v1." + Base64.getEncoder().encodeToString(whole);

        for (String text : new String[] {changed, "v1.AAAA", "v1.%%", "v2.AAAA", "secret", ""}) {
            assertThatThrownBy(() -> box.open(text, PLACE))
                    .as(text)
                    .isInstanceOf(UnreadableSecret.class)
                    .hasMessageStartingWith(PLACE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ=", "not base64 !", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void refusesAKeyThatIsNot32Bytes(String text) {
        assertThatThrownBy(() -> SecretBox.fromKey(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("secrets.key: ")
                .hasMessageContaining("expected: base64 of 32 bytes")
                .satisfies(thrown -> assertThat(
                                text.isEmpty() || !thrown.getMessage().contains(text))
                        .isTrue());
    }
}
