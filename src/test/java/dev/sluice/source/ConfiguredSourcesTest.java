package dev.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.SourceConfig;
import dev.sluice.config.load.ConfigLoader;
import dev.sluice.subscription.Target.Header;
import dev.sluice.testing.Configured;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredSourcesTest {
    @Test
    void theDefaultConfigurationHasASourceOfEachSystem() {
        Map<String, SourceConfig> configs =
                new ConfigLoader(Map.of()).load(Path.of("conf", "sluice.yaml")).sources();
        Map<String, Source> sources = ConfiguredSources.of(configs);
        assertThat(sources.keySet()).containsExactly("cockpit", "maya", "modyo", "strapi");
        sources.forEach((name, source) -> {
            assertThat(source.dialect().name()).isEqualTo(name);
            assertThat(source.auth()).isEqualTo(new SenderAuth.Key());
            assertThat(source.enabled()).isTrue();
            assertThat(source.isConfigured()).isTrue();
            assertThat(source.rules()).isEqualTo(source.dialect().defaultRules());
        });
    }

    @Test
    void st19_theFileSaysWhoSendsAndWhichHeadersAreSent() {
        SourceConfig basic =
                new SourceConfig("strapi", "acme", null, "user:pass:word", null, List.of("Authorization: Bearer a:b"));
        Source source = one(basic);
        assertThat(source.tenant()).isEqualTo("acme");
        assertThat(source.auth()).isEqualTo(new SenderAuth.Basic("user", "pass:word"));
        assertThat(source.defaultHeaders()).containsExactly(new Header("Authorization", "Bearer a:b", true));
        assertThat(one(new SourceConfig("strapi", null, null, null, "X-Secret: value", List.of()))
                        .auth())
                .isEqualTo(new SenderAuth.Header("X-Secret", "value"));
        assertThat(one(Configured.source("strapi", "token")).auth()).isEqualTo(new SenderAuth.Token("token"));
    }

    @Test
    void refusesWhatCannotBe() {
        refused("cms", Configured.source("drupal"), "sources.cms.dialect: drupal (expected: one of strapi");
        refused("a b", Configured.source("strapi"), "sources.a b: not a name");
        refused("sluice", Configured.source("strapi"), "sources.sluice: the source of events about Sluice itself");
        refused("cms", withHeader("no colon"), "sources.cms.defaultHeaders: no name");
        refused("cms", withHeader("Content-Type: text/plain"), "sources.cms.defaultHeaders: content-type");
        refused("cms", withHeader("X-A: a\nb"), "sources.cms.defaultHeaders: character U+000A");
        assertThatThrownBy(() -> new SourceConfig("strapi", null, "token", "a:b", null, List.of()))
                .hasMessage("token: given beside basic or header (expected: one of them)");
        assertThat(withHeader("X-A: secret").toString()).doesNotContain("secret");
    }

    private static SourceConfig withHeader(String line) {
        return new SourceConfig("strapi", null, null, null, null, List.of(line));
    }

    private static Source one(SourceConfig config) {
        return ConfiguredSources.of(Map.of("cms", config)).get("cms");
    }

    private static void refused(String name, SourceConfig config, String message) {
        assertThatThrownBy(() -> ConfiguredSources.of(Map.of(name, config)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
