package dev.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConsoleFilesTest {
    private static final Path FOLDER = Path.of("src", "main", "resources", "console");
    private static final int FIRST_LOAD = 200 * 1024;
    private static final String TEXT = "'((?:[^'\\\\]|\\\\.)*)'";
    /** {@code t('…')}, {@code later('…')}, and of {@code plural(n, '…', '…')} both. */
    private static final Pattern SAID = Pattern.compile("\\b(?:t|later)\\(" + TEXT);

    private static final Pattern COUNTED = Pattern.compile("\\bplural\\([^']*?" + TEXT + ",\\s*" + TEXT);
    private static final Pattern TRANSLATED = Pattern.compile("(?m)^  (?:" + TEXT + "|(\\w+)): '");
    private static final Pattern IMPORT = Pattern.compile("from '([^']+)'");

    private static final Pattern TITLE = Pattern.compile(
            "(?:Problem\\s*\\.?(?:of)?\\(\\s*\\d+,|\\.check\\(|conflict\\()\\s*(?:\"[^\"]*\"|\\w+),\\s*\"([A-Z][^\"]*)\"");

    private final ConsoleFiles files = ConsoleFiles.load();

    @Test
    void servesEveryFileThatIsThere() throws IOException {
        Set<String> there = new TreeSet<>(names());
        there.removeAll(Set.of("index.html", "files.txt"));
        assertThat(Files.readAllLines(FOLDER.resolve("files.txt"))).containsExactlyElementsOf(there);
        assertThat(there).allSatisfy(name -> assertThat(files.find(name)).isNotNull());
    }

    @Test
    void loadsInLessThan200KiB() throws IOException {
        int all = files.page().gzip().length();
        for (String name : Files.readAllLines(FOLDER.resolve("files.txt"))) {
            all += name.endsWith(".txt") ? 0 : files.find(name).gzip().length();
        }
        assertThat(all).isBetween(1024, FIRST_LOAD);
    }

    @Test
    void namesEveryModuleInThePageSoThatNoneWaitsForAnother() {
        String page = files.page().plain().toString();
        assertThat(page)
                .contains("/console/%s/app.css".formatted(files.version()))
                .contains("rel=\"modulepreload\" href=\"/console/%s/lib/api.js\"".formatted(files.version()))
                .doesNotContain("{version}", "<script>", " style=");
    }

    @Test
    void importsOnlyFilesOfItsOwn() throws IOException {
        for (String name : modules()) {
            Matcher imports = IMPORT.matcher(read(name));
            while (imports.find()) {
                Path target = Path.of(name).resolveSibling(imports.group(1)).normalize();
                assertThat(FOLDER.resolve(target)).as(name).exists();
            }
        }
    }

    @Test
    void speaksSpanishWhereverItSpeaksEnglish() throws IOException {
        Set<String> translated = found(TRANSLATED, read("lib/es.js"));
        Set<String> said = new TreeSet<>();
        for (String name : modules()) {
            String script = name.startsWith("vendor/") || name.equals("lib/es.js") ? "" : read(name);
            List.of(SAID, COUNTED).forEach(pattern -> said.addAll(found(pattern, script)));
        }
        said.addAll(titles());
        said.removeIf(text -> text.equals("{n} event") || text.equals("{n} events")); // an example in a comment
        Set<String> missing = new TreeSet<>(said);
        missing.removeAll(translated);
        assertThat(missing).as("texts without Spanish").isEmpty();
        translated.removeAll(said);
        assertThat(translated).as("Spanish for texts that nobody says").isEmpty();
    }

    /** What kinds of problems the API names, which the console says before the API's own words. */
    private static Set<String> titles() throws IOException {
        Set<String> titles = new TreeSet<>();
        try (var sources = Files.walk(Path.of("src", "main", "java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                TITLE.matcher(Files.readString(source))
                        .results()
                        .forEach(title -> titles.add(title.group(1).replace("'", "\\'")));
            }
        }
        assertThat(titles).contains("The webhook is not valid", "Redis is away");
        return titles;
    }

    private static Set<String> found(Pattern pattern, String script) {
        Set<String> texts = new TreeSet<>();
        Matcher matcher = pattern.matcher(script);
        while (matcher.find()) {
            for (int i = 1; i <= matcher.groupCount(); i++) {
                if (matcher.group(i) != null) {
                    texts.add(matcher.group(i));
                }
            }
        }
        return texts;
    }

    private static List<String> modules() throws IOException {
        return names().stream().filter(name -> name.endsWith(".js")).toList();
    }

    private static List<String> names() throws IOException {
        try (var all = Files.walk(FOLDER)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private static String read(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name), StandardCharsets.UTF_8);
    }
}
