package dev.sluice.source.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.RedisLink;
import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import dev.sluice.source.Source;
import dev.sluice.source.SourceCodec;
import dev.sluice.source.Sources;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SourcesContract;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisSourcesTest extends SourcesContract {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final SecretBox BOX = SecretBox.fromKey(SecretBox.newKey(Entropy.SYSTEM));

    private final ManualTimers timers = new ManualTimers(new ManualTicker());
    private RedisLink link;
    private RedisSources sources;

    @BeforeEach
    void connect() {
        link = RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "sources");
        get(link.up());
        sources = pod(BOX);
    }

    @AfterEach
    void close() {
        get(link.close());
    }

    @Override
    protected Sources sources() {
        return sources;
    }

    private RedisSources pod(SecretBox box) {
        RedisSources pod = new RedisSources(link, new SourceCodec(box), CONFIGURED, timers);
        get(pod.start());
        return pod;
    }

    @Test
    void hasAChangeInForceInTheOtherPodAtItsNextLook() {
        RedisSources other = pod(BOX);
        get(sources.save(source("blog")));
        assertThat(other.find("blog")).isNull();
        timers.advance(Duration.ofMillis(500));
        Awaitility.await().until(() -> other.find("blog") != null);

        get(sources.delete("blog", 1));
        timers.advance(Duration.ofMillis(500));
        Awaitility.await().until(() -> other.find("blog") == null);
    }

    @Test
    void hasWhatWasStoredAfterARestart() {
        get(sources.save(source("blog")));
        get(sources.save(FORMS.patch(CONFIGURED.get("strapi"), new JsonObject().put("enabled", false))));
        RedisSources later = pod(BOX);
        assertThat(later.all()).isEqualTo(sources.all());
        assertThat(later.find("strapi").enabled()).isFalse();
    }

    @Test
    void keepsWhatItHasWhileRedisIsAway() {
        get(sources.save(source("blog")));
        get(link.close());
        assertThat(sources.look().toCompletionStage().toCompletableFuture()).failsWithin(Duration.ofSeconds(20));
        assertThat(sources.all()).extracting(Source::name).containsExactly("blog", "strapi");
    }

    @Test
    void noticesThatTheDataWasLost() {
        get(sources.save(source("blog")));
        REDIS.flushAll();
        get(sources.look());
        assertThat(sources.all()).extracting(Source::name).containsExactly("strapi");
        assertThat(get(sources.save(source("blog")))).isTrue();
        assertThat(sources.find("blog")).isNotNull();
    }

    @Test
    void takesNothingInForASourceThatItCannotReadNotEvenAsTheConfigurationHasIt() {
        JsonObject auth = new JsonObject().put("type", "token").put("token", "a-secret-token");
        get(sources.save(FORMS.patch(CONFIGURED.get("strapi"), new JsonObject().put("auth", auth))));
        RedisSources other = pod(SecretBox.fromKey(SecretBox.newKey(Entropy.SYSTEM)));
        assertThat(other.find("strapi")).isNull();
        assertThat(other.all()).isEmpty();
    }
}
