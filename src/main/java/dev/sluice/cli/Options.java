package dev.sluice.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a command.
 *
 * @param paths  what is no option
 * @param tenant null: the key's, or {@code default}
 */
record Options(
        List<String> paths,
        String url,
        @Nullable String key,
        @Nullable String tenant,
        boolean prune,
        @Nullable String config) {
    private static final String HERE = "http://127.0.0.1:8080";
    private static final String KEY = "SLUICE_KEY";

    /** @throws CliFailure for what is not understood */
    static Options read(List<String> words, Map<String, String> environment) {
        List<String> paths = new ArrayList<>();
        String url = HERE;
        String key = environment.get(KEY);
        String tenant = null;
        String config = null;
        boolean prune = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "--prune" -> prune = true;
                case "--url" -> url = value(words, ++i);
                case "--key" -> key = value(words, ++i);
                case "--tenant" -> tenant = value(words, ++i);
                case "--config" -> config = value(words, ++i);
                default -> paths.add(plain(word));
            }
        }
        return new Options(List.copyOf(paths), base(url), key, tenant, prune, config);
    }

    private static String value(List<String> words, int at) {
        if (at >= words.size()) {
            throw new CliFailure("%s: nothing behind it (expected: a value)".formatted(words.get(at - 1)));
        }
        return words.get(at);
    }

    private static String plain(String word) {
        if (word.startsWith("-")) {
            throw new CliFailure("%s: unknown (expected: --url, --key, --tenant, --prune or --config)".formatted(word));
        }
        return word;
    }

    private static String base(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw new CliFailure("--url: %s (expected: as %s)".formatted(url, HERE));
        }
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            throw new CliFailure("--url: %s (expected: as %s)".formatted(url, HERE));
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The only path. */
    String path(String what) {
        if (paths.size() != 1) {
            throw new CliFailure("%d paths (expected: %s)".formatted(paths.size(), what));
        }
        return paths.get(0);
    }

    void noPath() {
        if (!paths.isEmpty()) {
            throw new CliFailure("%s: not expected".formatted(paths.get(0)));
        }
    }

    /** With a key that may be shown nowhere. */
    @Override
    public String toString() {
        return "Options[paths=%s, url=%s]".formatted(paths, url);
    }
}
