package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of Redis, as the package comment of {@code redis} lists them. */
public final class KeyTable {
    private static final Path TABLE = Path.of("src", "main", "java", "dev", "sluice", "redis", "package-info.java");
    private static final Pattern SECTION = Pattern.compile("^ \\*  ── (.*?) ──$");
    private static final Pattern ROW = Pattern.compile("^ \\*  (\\S+) +\\| .+$");

    private KeyTable() {}

    /** What each row names, by the row; of the sections that begin so. */
    public static Map<String, Pattern> rows(String section) {
        Map<String, Pattern> rows = new LinkedHashMap<>();
        String at = "";
        for (String line : lines()) {
            Matcher head = SECTION.matcher(line);
            Matcher row = ROW.matcher(line);
            if (head.matches()) {
                at = head.group(1);
            } else if (line.contains("</pre>")) {
                at = "";
            } else if (!at.isEmpty() && at.startsWith(section) && row.matches()) {
                rows.put(row.group(1), Pattern.compile("sluice:" + pattern(row.group(1))));
            }
        }
        return rows;
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(TABLE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String pattern(String name) {
        return name.replaceAll("\\{[PS]}", "{x}")
                .replaceAll("\\b(TENANT|W|KEY|ID|EVENT|DIGEST|SOURCE|HOUR|DAY|LINK)\\b", ".+")
                .replaceAll("\\bSLOT\\b", ".*")
                .replace("{x}", "\\{[^}]+\\}")
                .replaceAll("(?<!\\\\)\\{([a-z:.+]+)}", "\\\\{$1\\\\}");
    }
}
