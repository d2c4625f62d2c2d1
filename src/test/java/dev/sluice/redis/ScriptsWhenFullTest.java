package dev.sluice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of the package comment: which script Redis runs while it is full, and why. */
class ScriptsWhenFullTest {
    private static final Path ROOM = Path.of("src", "main", "java", "dev", "sluice");
    private static final Path LUA = Path.of("src", "main", "resources", "lua");
    private static final String SHARED = "parked";
    private static final Pattern ROW =
            Pattern.compile("^ \\*  ([a-z]+-[a-z]+) +\\| (runs|no|both|-) +\\| \\w.*$", Pattern.MULTILINE);
    private static final Pattern LOAD = Pattern.compile(
            "Script (\\w+) =\\s*(?:Lane)?Scripts?\\s*\\.load\\(\"(?:lua/)?([a-z-]+?)(?:\\.lua)?\"\\)\\s*(\\.evenWhenFull\\(\\))?");

    @Test
    void everyScriptHasARowThatSaysWhatTheCodeDoes() {
        assertThat(rows()).isEqualTo(uses());
        assertThat(rows().keySet()).containsExactlyElementsOf(scripts());
    }

    private static Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(read(ROOM.resolve("redis/package-info.java")));
        while (row.find()) {
            rows.put(row.group(1), row.group(2).equals("-") ? "no" : row.group(2));
        }
        return rows;
    }

    private static Map<String, String> uses() {
        Map<String, String> uses = new TreeMap<>();
        files(ROOM).map(ScriptsWhenFullTest::read).forEach(source -> {
            Matcher load = LOAD.matcher(source);
            while (load.find()) {
                boolean also = source.contains(" = " + load.group(1) + ".evenWhenFull()");
                String how = also ? "both" : load.group(3) == null ? "no" : "runs";
                uses.merge(load.group(2), how, (one, other) -> one.equals(other) ? one : "both");
            }
        });
        return uses;
    }

    private static Iterable<String> scripts() {
        return files(LUA)
                .map(file -> file.getFileName().toString().replace(".lua", ""))
                .filter(name -> !name.equals(SHARED))
                .sorted()
                .toList();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
