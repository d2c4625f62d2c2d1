package dev.sluice.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.AlertRules;
import dev.sluice.testing.Dashboard;
import dev.sluice.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alert is worth its noise: it has a runbook, asks for metrics that there are, and fires and ends by its figures. */
@Timeout(60)
class AlertsTest {
    private static final Path RUNBOOKS = Path.of("k8s", "runbooks");
    private static final Path UNIT_TESTS = Path.of("src", "test", "resources", "k8s", "alerts.test.yaml");
    private static final List<String> PARTS =
            List.of("**Means.**", "**What users see.**", "**First look.**", "**What to do.**", "**How it ends.**");
    private static final Pattern METRIC = Pattern.compile("\\b(?:sluice|jvm|process|vertx)_[a-z0-9_]+\\b");
    private static final Pattern ALERT = Pattern.compile("^ +- name: (Sluice\\w+)$", Pattern.MULTILINE);

    static Stream<AlertRules.Alert> alerts() {
        return AlertRules.read().alerts().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alerts")
    void everyAlertHasASectionOfARunbookThatSaysWhatToDo(AlertRules.Alert alert) {
        String[] runbook = alert.annotation("runbook").split("#", 2);
        String section = section(read(Path.of(runbook[0])), alert.name());

        assertThat(runbook[1]).isEqualTo(alert.name().toLowerCase(Locale.ROOT));
        assertThat(PARTS).allSatisfy(part -> assertThat(said(section, part)).hasSizeGreaterThan(10));
        assertThat(alert.annotation("summary")).isNotBlank();
        assertThat(alert.annotation("description")).isNotBlank();
        assertThat(alert.severity()).isIn("critical", "warning");
    }

    private static String section(String page, String name) {
        assertThat(page.lines())
                .as("what is code stands between lines of its own")
                .noneMatch(line -> line.indexOf("```") > 0);
        assertThat(page).as("a section for each alert").contains("## " + name + "\n");
        String from = page.substring(page.indexOf("## " + name + "\n"));
        int next = from.indexOf("\n## ");
        return next < 0 ? from : from.substring(0, next);
    }

    /** What stands behind the head of a part, up to the next one. */
    private static String said(String section, String part) {
        int at = section.indexOf(part);
        assertThat(at).as(part).isPositive();
        return section.substring(at + part.length()).split("\\n\\*\\*", 2)[0].strip();
    }

    @Test
    void everySectionIsOfAnAlertThatThereIs() throws IOException {
        Set<String> names = alerts().map(AlertRules.Alert::name).collect(Collectors.toSet());
        try (Stream<Path> pages = Files.list(RUNBOOKS)) {
            assertThat(pages.flatMap(page -> read(page).lines())
                            .filter(line -> line.startsWith("## "))
                            .map(line -> line.substring(3)))
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void everyMetricThatARuleARunbookOrTheDashboardNamesIsThere() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> pages = Files.list(RUNBOOKS)) {
            Stream.concat(pages, Stream.of(AlertRules.FILE, Dashboard.FILE))
                    .flatMap(page -> METRIC.matcher(read(page)).results())
                    .map(MatchResult::group)
                    .forEach(named::add);
        }
        try (ManagementPort port = new ManagementPort()) {
            System.gc(); // else there may have been no pause to tell of
            await().untilAsserted(() -> assertThat(port.metrics()).containsAll(named));
        }
    }

    @Test
    void everyAlertHasATestByFigures() {
        assertThat(ALERT.matcher(read(UNIT_TESTS)).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        alerts().map(AlertRules.Alert::name).toList());
    }

    @Test
    void everyAlertIsInTheTableOfWhatFails() {
        String page = read(Path.of("src", "docs", "operations.md"));
        assertThat(Pattern.compile("\\| \\[(Sluice\\w+)]\\(\\.\\./\\.\\./(k8s/runbooks/\\S+)\\) \\|")
                        .matcher(page)
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyInAnyOrderElementsOf(
                        alerts().map(alert -> alert.name() + " " + alert.annotation("runbook"))
                                .toList());
    }

    /** Left out, and said so, where there is no promtool. */
    @Test
    void everyAlertFiresAndEndsByItsFigures(@TempDir Path folder) throws Exception {
        Tool promtool = Tool.find("promtool");
        Path rules = folder.resolve("rules.yaml");
        Files.writeString(rules, AlertRules.read().plain());
        Path tests = Files.copy(UNIT_TESTS, folder.resolve("alerts.test.yaml"));

        Tool.Result checked = promtool.run("check", "rules", rules.toString());
        Tool.Result tested = promtool.run("test", "rules", tests.toString());

        assertThat(checked.code()).as(checked.output()).isZero();
        assertThat(tested.code()).as(tested.output()).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
