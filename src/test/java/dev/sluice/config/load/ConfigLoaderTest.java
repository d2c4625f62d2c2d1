package dev.sluice.config.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.config.JournalConfig;
import dev.sluice.config.ListenerTlsConfig;
import dev.sluice.config.ManagementConfig;
import dev.sluice.config.ParkingConfig;
import dev.sluice.config.SluiceConfig;
import dev.sluice.testing.Configured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    private Path folder;

    @Test
    void holdsTheDefaultsWhenNothingIsSet() {
        SluiceConfig config = load("", Map.of());
        assertThat(config.http().host()).isNull();
        assertThat(config.http().allowedHosts()).containsExactly("localhost", "127.0.0.1", "[::1]");
        assertThat(config.http().maxBodyBytes()).isEqualTo(5 << 20);
        assertThat(config.management()).isEqualTo(new ManagementConfig("127.0.0.1", 8081, ListenerTlsConfig.NONE, 0));
        assertThat(config.redis().uri()).isNull();
        assertThat(config.journal().durability()).isEqualTo(JournalConfig.Durability.NONE);
        assertThat(config.delivery().retryDelays())
                .startsWith(Duration.ofSeconds(5), Duration.ofMinutes(5))
                .endsWith(Duration.ofHours(20), Duration.ofHours(24))
                .hasSize(9);
        assertThat(config.delivery().allowNetworks()).containsExactly("127.0.0.0/8", "::1/128");
        assertThat(config.delivery().parking().poll()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.sources()).containsEntry("strapi", Configured.source("strapi"));
    }

    @Test
    void refusesOnePortForBothListeners() {
        assertThatThrownBy(() -> load("", Map.of("SLUICE_HTTP_PORT", "8081")))
                .hasMessageContaining("management.port: 8081")
                .hasMessageContaining("http.port");
        assertThatThrownBy(() -> load("http: {host: 0.0.0.0, port: 8081}", Map.of()))
                .hasMessageContaining("management.port: 8081");
        assertThat(load("http: {host: 127.0.0.2, port: 8081}", Map.of()).http().port())
                .isEqualTo(8081);
        assertThat(load("{http: {port: 0}, management: {port: 0}}", Map.of())
                        .management()
                        .port())
                .isZero();
    }

    @Test
    void laysAFileOverTheDefaultsAndVariablesOverTheFile() {
        SluiceConfig config = load("""
                http: {port: 9000, maxBodyBytes: 64KiB}
                delivery:
                  parking:
                    shards: 16
                """, Map.of("SLUICE_HTTP_PORT", "9001"));
        assertThat(config.http().port()).isEqualTo(9001);
        assertThat(config.http().maxBodyBytes()).isEqualTo(65_536);
        assertThat(config.http().maxPendingEvents()).isEqualTo(20_000);
        assertThat(config.delivery().parking())
                .isEqualTo(new ParkingConfig(
                        16,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(60),
                        100,
                        1_000_000,
                        1L << 30,
                        Duration.ofDays(7)));
    }

    @Test
    void readsTheUsualFileWhenNoOtherIsNamed() throws IOException {
        Path usual = Files.writeString(folder.resolve("usual.yaml"), "http: {port: 1}");
        Path named = Files.writeString(folder.resolve("named.yaml"), "management: {port: 2}");
        ConfigLoader loader = new ConfigLoader(Map.of(), usual);
        assertThat(loader.load(null).http().port()).isEqualTo(1);
        assertThat(loader.load(named).http().port()).isEqualTo(8080);
        assertThat(new ConfigLoader(Map.of(), folder.resolve("absent"))
                        .load(null)
                        .http()
                        .port())
                .isEqualTo(8080);
    }

    @Test
    void replacesListsWhole() {
        SluiceConfig config = load(
                "delivery: {retryDelays: [1s, 2m], allowNetworks: []}",
                Map.of("SLUICE_HTTP_ALLOWED_HOSTS", "a.example, b.example"));
        assertThat(config.delivery().retryDelays()).containsExactly(Duration.ofSeconds(1), Duration.ofMinutes(2));
        assertThat(config.delivery().allowNetworks()).isEmpty();
        assertThat(config.http().allowedHosts()).containsExactly("a.example", "b.example");
    }

    @Test
    void takesAnEmptyVariableForNoneWhereThatIsPossible() {
        SluiceConfig config = load(
                "redis: {uri: 'redis://localhost'}",
                Map.of("SLUICE_REDIS_URI", "", "SLUICE_DELIVERY_ALLOW_NETWORKS", ""));
        assertThat(config.redis().uri()).isNull();
        assertThat(config.delivery().allowNetworks()).isEmpty();
        assertThat(problems("", Map.of("SLUICE_HTTP_PORT", "")))
                .containsExactly("SLUICE_HTTP_PORT: http.port: nothing (expected: a whole number)");
    }

    @Test
    void addsSourcesAndRemovesThoseSetToNull() {
        SluiceConfig config = load("""
                sources:
                  strapi: null
                  my-site.v2: {dialect: cockpit}
                """, Map.of("SLUICE_SOURCES_MY_SITE_V2_TOKEN", "secret"));
        assertThat(config.sources())
                .doesNotContainKey("strapi")
                .containsEntry("my-site.v2", Configured.source("cockpit", "secret"));
    }

    @Test
    void reportsEveryProblemAtOnceWithItsPlace() {
        List<String> problems =
                problems("""
                http:
                  port: eighty
                  prot: 80
                  maxHeaderBytes: 12
                  maxPendingEvents: -1
                redis:
                  reconnectMax: 50ms
                delivery:
                  timeout: 15
                  retryDelays: [5s, soon]
                  circuit: fast
                sources:
                  cms: {token: t}
                """, Map.of("SLUICE_JOURNAL_DURABILITY", "sometimes", "SLUICE_HTTPS_PORT", "1"));
        String file = file() + ":";
        assertThat(problems)
                .containsExactlyInAnyOrder(
                        file + "2: http.port: eighty (expected: a whole number)",
                        file + "3: http.prot: unknown (nearest: http.port)",
                        file + "4: http.maxHeaderBytes: 12 (expected: >= 1024)",
                        file + "5: http.maxPendingEvents: -1 (expected: > 0)",
                        file + "7: redis.reconnectMax: 50ms (expected: >= reconnectMin 100ms)",
                        file + "9: delivery.timeout: 15 (expected: a duration such as 250ms, 15s, 5m, 2h or 30d)",
                        file
                                + "10: delivery.retryDelays: soon (expected: a duration such as 250ms, 15s, 5m, 2h or 30d)",
                        file + "11: delivery.circuit: a value (expected: settings by name)",
                        file + "13: sources.cms.dialect: nothing (expected: a text)",
                        "SLUICE_JOURNAL_DURABILITY: journal.durability: sometimes (expected: one of none, fsync, replicas)",
                        "SLUICE_HTTPS_PORT: unknown variable (nearest: SLUICE_HTTP_PORT)");
    }

    @Test
    void namesTheOtherSettingWhenTwoDoNotGoTogether() {
        assertThat(problems("", Map.of("SLUICE_REDIS_RECONNECT_MIN", "10s")))
                .singleElement()
                .asString()
                .matches("default settings:\\d+: redis.reconnectMax: 2s \\(expected: >= reconnectMin 10s\\)");
    }

    @Test
    void refusesAFileThatIsNoYaml() {
        assertThat(problems("http:\n  port: [1\n", Map.of()))
                .singleElement()
                .asString()
                .startsWith(file() + ":")
                .contains("not YAML");
        assertThat(problems("- a\n", Map.of())).containsExactly(file() + ":1: a value (expected: settings by name)");
        assertThat(problems("http: {port: 1}\nhttp: {port: 2}\n", Map.of()))
                .containsExactly(file() + ":2: http: written twice (expected: once)");
        assertThat(problems("http: &a {allowedHosts: [*a]}\n", Map.of()))
                .anyMatch(problem -> problem.contains("holds itself"));
    }

    @Test
    void refusesWhatIsNestedWithoutAnEnd() {
        for (String opening : List.of("[", "[a: ", "{a: ")) {
            assertThat(problems("http: " + opening.repeat(20_000), Map.of()))
                    .singleElement()
                    .asString()
                    .contains("not YAML: nested more than 50 deep");
        }
    }

    @Test
    void refusesAFewLinesThatStandForMoreThanThereIsRoomFor() {
        StringBuilder lines = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 24; i++) {
            String alias = "*a" + (i - 1);
            lines.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(2, alias))));
        }
        assertThat(problems(lines.toString(), Map.of()))
                .anyMatch(problem -> problem.contains("more than 100000 values (expected: at most 100000)"));
    }

    @Test
    void refusesANamedFileThatIsNotThere() {
        Path absent = folder.resolve("absent.yaml");
        ConfigProblems refused =
                catchThrowableOfType(ConfigProblems.class, () -> new ConfigLoader(Map.of()).load(absent));
        assertThat(refused.problems()).singleElement().asString().contains("absent.yaml", "cannot be read");
        assertThat(refused.getStackTrace()).isEmpty();
    }

    @Test
    void doesNotTakeTheServiceLinksOfKubernetesForSettings() {
        SluiceConfig config = load(
                "",
                Map.of(
                        "SLUICE_SERVICE_HOST", "10.0.0.1",
                        "SLUICE_SERVICE_PORT", "8080",
                        "SLUICE_SERVICE_PORT_HTTP", "8080",
                        "SLUICE_PORT", "tcp://10.0.0.1:8080",
                        "SLUICE_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                        "SLUICE_PORT_8080_TCP_ADDR", "10.0.0.1",
                        "SLUICE_HTTP_PORT", "tcp://10.0.0.2:80",
                        "SLUICE_HTTP_SERVICE_HOST", "10.0.0.2"));
        assertThat(config.http().port()).isEqualTo(8080);
    }

    @Test
    void theKeyOfTheCommandsIsNoSettingAndNoMistake() {
        assertThat(load("", Map.of("SLUICE_KEY", "of-the-commands")).access().adminKey())
                .isNull();
    }

    @Test
    void showsNoSecretInAMessage() {
        List<String> problems = problems(
                "access: {adminKey: hunter2}",
                Map.of("SLUICE_SECRETS_KEY", "hunter2", "SLUICE_ACCESS_ADMIN_KEYS", "hunter2"));
        assertThat(problems).hasSize(3).noneMatch(problem -> problem.contains("hunter2"));
    }

    private SluiceConfig load(String yaml, Map<String, String> environment) {
        try {
            Files.writeString(file(), yaml);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        return new ConfigLoader(environment).load(file());
    }

    private List<String> problems(String yaml, Map<String, String> environment) {
        ConfigProblems refused = catchThrowableOfType(ConfigProblems.class, () -> load(yaml, environment));
        assertThat(refused).as("problems").isNotNull();
        assertThat(refused).hasMessage(String.join("\n", refused.problems()));
        return refused.problems();
    }

    private Path file() {
        return folder.resolve("sluice.yaml");
    }
}
