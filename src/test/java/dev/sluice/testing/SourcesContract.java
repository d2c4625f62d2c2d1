package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.source.ConfiguredSources;
import dev.sluice.source.Source;
import dev.sluice.source.SourceForms;
import dev.sluice.source.Sources;
import dev.sluice.source.provider.Providers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What all {@link Sources} do; each test begins with nothing stored, and {@code strapi} configured. */
public abstract class SourcesContract {
    protected static final Map<String, Source> CONFIGURED =
            ConfiguredSources.of(Map.of("strapi", Configured.source("strapi")));
    protected static final SourceForms FORMS =
            new SourceForms(InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z")), Providers.builtIn());

    protected abstract Sources sources();

    @Test
    void hasWhatTheConfigurationNames() {
        assertThat(sources().all()).containsExactly(CONFIGURED.get("strapi"));
        assertThat(sources().find("strapi")).isEqualTo(CONFIGURED.get("strapi"));
        assertThat(sources().isConfigured("strapi")).isTrue();
        assertThat(sources().isConfigured("blog")).isFalse();
        assertThat(sources().find("blog")).isNull();
    }

    @Test
    void hasASavedSourceInForceAtOnceInOrderOfNames() {
        Source blog = source("blog");
        assertThat(get(sources().save(blog))).isTrue();
        assertThat(sources().find("blog")).isEqualTo(blog);
        assertThat(sources().all()).extracting(Source::name).containsExactly("blog", "strapi");
    }

    @Test
    void refusesWhatSomebodyElseChangedMeanwhile() {
        Source first = source("blog");
        Source second = FORMS.patch(first, new JsonObject().put("enabled", false));
        assertThat(get(sources().save(second))).as("a change of nothing").isFalse();
        assertThat(get(sources().save(first))).isTrue();
        assertThat(get(sources().save(first))).as("a second creation").isFalse();
        assertThat(get(sources().save(second))).isTrue();
        assertThat(get(sources().delete("blog", 1))).as("an old version").isFalse();
        assertThat(sources().find("blog")).isEqualTo(second);
    }

    @Test
    void deletesOnce() {
        get(sources().save(source("blog")));
        assertThat(get(sources().delete("blog", 1))).isTrue();
        assertThat(get(sources().delete("blog", 1))).isFalse();
        assertThat(sources().find("blog")).isNull();
    }

    @Test
    void st19_goesBackToTheConfigurationWhenWhatStoodInItsPlaceIsDeleted() {
        Source configured = CONFIGURED.get("strapi");
        Source off = FORMS.patch(configured, new JsonObject().put("enabled", false));
        assertThat(get(sources().delete("strapi", 0)))
                .as("the configuration's own")
                .isFalse();
        assertThat(get(sources().save(off))).isTrue();
        assertThat(sources().find("strapi")).isEqualTo(off);
        assertThat(get(sources().delete("strapi", 1))).isTrue();
        assertThat(sources().find("strapi")).isEqualTo(configured);
    }

    protected static Source source(String name) {
        JsonObject auth = new JsonObject().put("type", "token").put("token", "a-secret-token");
        return FORMS.create(
                null,
                new JsonObject().put("name", name).put("dialect", "strapi").put("auth", auth));
    }

    protected static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
