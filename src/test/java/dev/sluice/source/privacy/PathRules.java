package dev.sluice.source.privacy;

import java.util.List;
import java.util.stream.Stream;

/** Rules of paths as a user writes them. */
final class PathRules {
    private PathRules() {}

    static List<PathRule> privateFields(String model, String... paths) {
        return Stream.of(paths)
                .map(path -> PathRule.privateField(model, Path.parse(path)))
                .toList();
    }

    static List<PathRule> userPaths(String... paths) {
        return Stream.of(paths).map(path -> PathRule.userPath(Path.parse(path))).toList();
    }
}
