package dev.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import dev.sluice.secrets.UnreadableSecret;
import dev.sluice.source.provider.Providers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceCodecTest {
    private static final SourceForms FORMS =
            new SourceForms(InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z")), Providers.builtIn());
    private static final SecretBox BOX = SecretBox.fromKey(SecretBox.newKey(Entropy.SYSTEM));

    private final SourceCodec codec = new SourceCodec(BOX);

    static Stream<JsonObject> auths() {
        return Stream.of(
                new JsonObject().put("type", "key"),
                new JsonObject().put("type", "token").put("token", "s3cret-token"),
                new JsonObject().put("type", "basic").put("username", "u").put("password", "s3cret"),
                new JsonObject().put("type", "header").put("name", "X-A").put("value", "s3cret"));
    }

    @ParameterizedTest
    @MethodSource("auths")
    void st15_aStoredSourceIsTheSameAndHoldsNoSecretInTheClear(JsonObject auth) {
        Source source = source("cms", auth);
        String stored = codec.encode(source);
        assertThat(stored).doesNotContain("s3cret").contains("plain-value");
        assertThat(codec.decode(stored)).isEqualTo(source);
    }

    /** An empty secret would be everybody's. */
    @ParameterizedTest
    @MethodSource("auths")
    void aSourceWhoseSecretIsGoneIsUnreadable(JsonObject auth) {
        String stored = codec.encode(source("cms", auth)).replaceFirst("\"sealed\":\"[^\"]*\"", "\"x\":1");
        if (auth.getString("type").equals("key")) {
            assertThat(codec.decode(stored).auth().secret()).isNull();
        } else {
            assertThatThrownBy(() -> codec.decode(stored)).hasMessageContaining("without its secret");
        }
    }

    @Test
    void aSecretOpensForNoOtherSourceAndWithNoOtherKey() {
        String stored = codec.encode(source("cms", auths().toList().get(1)));
        assertThatThrownBy(() -> codec.decode(stored.replace("\"cms\"", "\"other\"")))
                .isInstanceOf(UnreadableSecret.class);
        SourceCodec other = new SourceCodec(SecretBox.fromKey(SecretBox.newKey(Entropy.SYSTEM)));
        assertThatThrownBy(() -> other.decode(stored)).isInstanceOf(UnreadableSecret.class);
    }

    private static Source source(String name, JsonObject auth) {
        JsonArray headers = new JsonArray()
                .add(new JsonObject()
                        .put("name", "X-Secret")
                        .put("value", "s3cret")
                        .put("secret", true))
                .add(new JsonObject().put("name", "X-Plain").put("value", "plain-value"));
        return FORMS.create(
                "acme",
                new JsonObject()
                        .put("name", name)
                        .put("dialect", "strapi")
                        .put("enabled", false)
                        .put("auth", auth)
                        .put("defaultHeaders", headers)
                        .put("rules", new JsonObject().put("nestedUsers", "keep")));
    }
}
