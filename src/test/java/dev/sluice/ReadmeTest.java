package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** What the README says of commands, settings and files is so. */
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

    private static final String README = read(Path.of("README.md"));

    @Test
    void runsWithTheCommandsThatItNames() {
        List<String> commands = SHELL.matcher(section("## Run it"))
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
                .singleElement()
                .extracting(command -> command.replaceAll(" -(B|ntp)\\b", ""))
                .isEqualTo("mvn verify");
    }

    static Stream<String[]> settings() {
        return SETTING.matcher(section("## Settings")).results().map(row ->
                new String[] {row.group(1), row.group(2).replace("`", "")});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void namesSettingsWithTheirDefaults(String path, String said) {
        assertThat(Objects.requireNonNullElse(setting(path), "none")).hasToString(said);
    }

    @Test
    void namesOnlySettingsThatExist() {
        assertThat(MENTION.matcher(README).results().map(mention -> mention.group(1)))
                .isNotEmpty()
                .filteredOn(name -> !OPERATIONS.contains(name))
                .allSatisfy(ReadmeTest::setting);
    }

    @Test
    void namesOnlyFilesThatExist() {
        assertThat(FILE.matcher(README).results().map(file -> Path.of(file.group(1))))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).exists());
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

    private static String section(String heading) {
        int from = README.indexOf(heading + "\n");
        assertThat(from).as(heading).isNotNegative();
        int to = README.indexOf("\n## ", from);
        return README.substring(from, to < 0 ? README.length() : to);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
