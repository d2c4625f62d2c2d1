package dev.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderAuthTest {
    @Test
    void takesATokenInEitherHeaderWhateverTheCaseOfTheScheme() {
        SenderAuth token = new SenderAuth.Token("a-secret-token");
        assertThat(token.admits(headers("Authorization", "bearer a-secret-token")))
                .isTrue();
        assertThat(token.admits(headers("X-SLUICE-TOKEN", "a-secret-token"))).isTrue();
        assertThat(token.admits(headers("X-Sluice-Token", "wrong").add("authorization", "Bearer a-secret-token")))
                .isTrue();
        assertThat(token.admits(headers("Authorization", "Bearer a-secret-tokem")))
                .isFalse();
        assertThat(token.admits(headers("Authorization", "Basic a-secret-token")))
                .isFalse();
        assertThat(token.admits(headers("Authorization", "a-secret-token"))).isFalse();
        assertThat(token.admits(MultiMap.caseInsensitiveMultiMap())).isFalse();
    }

    @Test
    void ck06_takesBasicAuthenticationAsUtf8() {
        SenderAuth basic = new SenderAuth.Basic("user", "pä:ss");
        assertThat(basic.admits(headers("Authorization", "Basic " + base64("user:pä:ss"))))
                .isTrue();
        assertThat(basic.admits(headers("Authorization", "Basic " + base64("user:pass"))))
                .isFalse();
        assertThat(basic.admits(headers("Authorization", "Basic " + base64("uset:pä:ss"))))
                .isFalse();
        assertThat(basic.admits(headers("Authorization", "Basic !!"))).isFalse();
        assertThat(basic.admits(headers("Authorization", "Bearer " + base64("user:pä:ss"))))
                .isFalse();
    }

    @Test
    void takesAHeaderOfTheUsersChoice() {
        SenderAuth header = new SenderAuth.Header("X-Secret", "s3cret");
        assertThat(header.admits(headers("x-secret", "s3cret"))).isTrue();
        assertThat(header.admits(headers("x-secret", "other").add("x-secret", "s3cret")))
                .isTrue();
        assertThat(header.admits(headers("x-secret", "s3cret2"))).isFalse();
        assertThat(header.admits(headers("x-other", "s3cret"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "basic", "header"})
    void showsNoSecret(String type) {
        SenderAuth auth = type.equals("token")
                ? new SenderAuth.Token("s3cret")
                : type.equals("basic") ? new SenderAuth.Basic("u", "s3cret") : new SenderAuth.Header("X", "s3cret");
        assertThat(auth.type()).isEqualTo(type);
        assertThat(auth.toString() + auth.expected()).doesNotContain("s3cret");
    }

    private static MultiMap headers(String name, String value) {
        return MultiMap.caseInsensitiveMultiMap().add(name, value);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
