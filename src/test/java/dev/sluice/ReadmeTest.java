package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the README and the pages behind it say of commands, settings and files is so. */
class ReadmeTest {
    private static final Pattern SHELL = Pattern.compile("^```sh\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    /** A row of the table of settings: name, default, meaning. */
    private static final Pattern SETTING =
            Pattern.compile("^\\| `([a-z]\\w*\\.[\\w.]+)` \\| (.+?) \\|", Pattern.MULTILINE);
    /** A name with a dot that is no file: {@code delivery.allowNetworks}. */
    private static final Pattern MENTION = Pattern.compile(
            "`((?:http|management|runtime|redis|data|journal|fanout|delivery|access|secrets|log|sources)\\.\\w[\\w.]*)");

    /** Event types that look like settings. */
    private static final Set<String> OPERATIONS = Set.of("delivery.exhausted");

    private static final Pattern FILE = Pattern.compile("[`(]((?:src|conf|k8s)/[\\w./-]+)[`)]");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s:]+)(?:#([\\w-]+))?\\)");
    private static final int MOST_LINES = 160;

    private static final Path README = Path.of("README.md");
    private static final Path OPERATIONS_PAGE = Path.of("src", "docs", "operations.md");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("src", "docs"))) {
            return Stream.concat(
                    Stream.of(README), docs.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream());
        }
    }

    @Test
    void isReadInFiveMinutes() {
        assertThat(read(README).lines().count()).isLessThanOrEqualTo(MOST_LINES);
    }

    @Test
    void runsWithTheCommandsThatItNames() {
        List<String> commands = SHELL.matcher(section(README, "## Run it"))
                .results()
                .map(block -> block.group(1).strip())
                .toList();

        assertThat(commands).containsExactly("mvn -q compile exec:java", "mvn verify");
        assertThat(read(Path.of("pom.xml")))
                .contains("<artifactId>exec-maven-plugin</artifactId>", "<main.class>dev.sluice.Sluice</main.class>");
    }

    @Test
    void isTestedByTheCommandThatItNames() {
        assertThat(read(Path.of(".ci", "run")).lines().filter(line -> line.startsWith("mvn")))
                .first()
                .extracting(command -> command.replaceAll(" -(B|ntp)\\b", ""))
                .isEqualTo("mvn verify");
    }

    static Stream<String[]> settings() {
        return SETTING.matcher(section(OPERATIONS_PAGE, "## Settings"))
                .results()
                .map(row -> new String[] {row.group(1), row.group(2).replace("`", "")});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void namesSettingsWithTheirDefaults(String path, String said) {
        assertThat(Objects.requireNonNullElse(setting(path), "none")).hasToString(said);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void namesOnlySettingsThatExist(Path page) {
        assertThat(MENTION.matcher(read(page)).results().map(mention -> mention.group(1)))
                .filteredOn(name -> !OPERATIONS.contains(name))
                .allSatisfy(ReadmeTest::setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void namesOnlyFilesThatExist(Path page) {
        assertThat(FILE.matcher(read(page)).results().map(file -> Path.of(file.group(1))))
                .allSatisfy(file -> assertThat(file).exists());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void linksToPagesAndHeadingsThatExist(Path page) {
        assertThat(LINK.matcher(read(page)).results()).allSatisfy(link -> {
            Path file = page.resolveSibling(link.group(1)).normalize();
            assertThat(file).exists();
            if (link.group(2) != null) {
                assertThat(read(file)
                                .lines()
                                .filter(line -> line.startsWith("#"))
                                .map(ReadmeTest::anchor))
                        .contains(link.group(2));
            }
        });
    }

    @Test
    void leadsToEveryPage() throws IOException {
        assertThat(pages().filter(page -> !page.equals(README)))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(read(README)).contains("](%s)".formatted(page)));
    }

    private static String anchor(String heading) {
        return heading.replaceFirst("#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w -]", "")
                .replace(' ', '-');
    }

    /** Its value in the packaged defaults; fails if there is no such setting. */
    private static Object setting(String path) {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(read(Path.of("conf", "sluice.yaml")));
        for (String name : path.split("\\.", -1)) {
            assertThat(value).as(path).isInstanceOf(Map.class);
            assertThat(((Map<?, ?>) value).containsKey(name)).as(path).isTrue();
            value = ((Map<?, ?>) value).get(name);
        }
        return value;
    }

    private static String section(Path page, String heading) {
        String text = read(page);
        int from = text.indexOf(heading + "\n");
        assertThat(from).as(heading).isNotNegative();
        int to = text.indexOf("\n## ", from);
        return text.substring(from, to < 0 ? text.length() : to);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
