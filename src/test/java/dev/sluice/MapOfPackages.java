package dev.sluice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The table in the package comment of {@code dev.sluice}: which package may use which. */
final class MapOfPackages {
    private static final Path FILE = Path.of("src", "main", "java", "dev", "sluice", "package-info.java");
    private static final Pattern ROW = Pattern.compile("^ \\*  (\\w+) *\\|[^|\\n]+\\|(.*)$", Pattern.MULTILINE);
    private static final String EVERYTHING = "everything";

    private final Map<String, Set<String>> mayUse = new TreeMap<>();

    private MapOfPackages() {}

    static MapOfPackages read() {
        MapOfPackages map = new MapOfPackages();
        try {
            ROW.matcher(Files.readString(FILE))
                    .results()
                    .filter(row -> !isHead(row))
                    .forEach(map::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return map;
    }

    private static boolean isHead(MatchResult row) {
        return row.group(1).equals("package");
    }

    private void add(MatchResult row) {
        mayUse.put(row.group(1), Set.of(row.group(2).strip().split(" +")));
    }

    Set<String> packages() {
        return mayUse.keySet();
    }

    /** True for a package that uses itself, false for one that is not on the map. */
    boolean allows(String user, String used) {
        Set<String> allowed = mayUse.getOrDefault(user, Set.of());
        return user.equals(used) || allowed.contains(used) || allowed.contains(EVERYTHING);
    }
}
