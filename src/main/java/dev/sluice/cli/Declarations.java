package dev.sluice.cli;

import dev.sluice.cli.Declared.Item;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what is declared: one file, or all {@code *.yaml} and {@code *.yml} of a folder, hidden ones and those below it not. */
final class Declarations {
    private static final String PRUNE = "prune";
    private static final int MOST_BYTES = 3 << 20;
    private static final int MOST_FILES = 1000;

    private final String path;
    private final Map<String, String> environment;
    private final boolean isConfined;
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private final List<Item> items = new ArrayList<>();
    private final Map<String, Item> known = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private boolean prune;

    private Declarations(String path, Map<String, String> environment, boolean isConfined) {
        this.path = path;
        this.environment = environment;
        this.isConfined = isConfined;
    }

    /**
     * For somebody who reads with his own rights.
     *
     * @throws CliFailure with every mistake of every file, a line each
     */
    static Declared read(String path, Map<String, String> environment) {
        return new Declarations(path, environment, false).read();
    }

    /** For a pod, which may read what those may not who write the folder: nothing of its own, and nothing outside. */
    static Declared readConfined(String path, Map<String, String> environment) {
        return new Declarations(path, environment, true).read();
    }

    private Declared read() {
        files().forEach(this::file);
        if (!problems.isEmpty()) {
            throw new CliFailure(String.join("\n", problems));
        }
        return new Declared(kinds, List.copyOf(items), prune);
    }

    private List<Path> files() {
        try {
            Path start = Path.of(path);
            if (!Files.isDirectory(start)) {
                return List.of(start);
            }
            try (Stream<Path> all = Files.list(start)) {
                List<Path> files = all.filter(
                                file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
                        .sorted()
                        .limit(MOST_FILES + 1L)
                        .toList();
                if (files.isEmpty() || files.size() > MOST_FILES) {
                    throw new CliFailure(
                            "%s: %d files *.yaml (expected: 1 to %d)".formatted(path, files.size(), MOST_FILES));
                }
                return files;
            }
        } catch (IOException | InvalidPathException unreadable) {
            throw new CliFailure("%s: cannot be read (%s)".formatted(path, unreadable.getMessage()));
        }
    }

    private void file(Path file) {
        try {
            Place place = new Place(Objects.requireNonNullElse(file.getParent(), Path.of("")), isConfined);
            document(Yaml.read(text(place, file)), file, place);
        } catch (IOException unreadable) {
            problems.add("%s: cannot be read (%s)".formatted(file, unreadable));
        } catch (CliFailure wrong) {
            problems.add("%s: %s".formatted(file, wrong.reason()));
        }
    }

    /** What a person names may be a pipe. */
    private String text(Place place, Path file) throws IOException {
        return !isConfined && file.toString().equals(path)
                ? Place.read(file, MOST_BYTES)
                : place.text(String.valueOf(file.getFileName()), MOST_BYTES);
    }

    private void document(@Nullable Object tree, Path file, Place place) {
        if (!(tree instanceof JsonObject document)) {
            throw new CliFailure("no mapping (expected: webhooks, sources, prune)");
        }
        for (String member : document.fieldNames()) {
            boolean isKind =
                    Stream.of(Kind.values()).anyMatch(kind -> kind.list().equals(member));
            if (!isKind && !member.equals(PRUNE)) {
                throw new CliFailure("%s: unknown (expected: webhooks, sources, prune)".formatted(member));
            }
        }
        if (!(document.getValue(PRUNE, false) instanceof Boolean isToBePruned)) {
            throw new CliFailure("prune: %s (expected: true or false)".formatted(document.getValue(PRUNE)));
        }
        prune |= isToBePruned;
        for (Kind kind : Kind.values()) {
            if (document.containsKey(kind.list())) {
                kinds.add(kind);
                items(kind, document.getValue(kind.list()), file, place);
            }
        }
    }

    private void items(Kind kind, @Nullable Object list, Path file, Place place) {
        if (!(list instanceof JsonArray array)) {
            throw new CliFailure("%s: no list (expected: one, which may be empty)".formatted(kind.list()));
        }
        for (int i = 0; i < array.size(); i++) {
            String where = "%s: %s[%d]".formatted(file, kind.list(), i);
            try {
                add(item(kind, array.getValue(i), file.toString(), new References(environment, place)));
            } catch (CliFailure wrong) {
                problems.add("%s: %s".formatted(where, wrong.reason()));
            }
        }
    }

    private static Item item(Kind kind, @Nullable Object given, String origin, References references) {
        if (!(references.resolve(given) instanceof JsonObject body)) {
            throw new CliFailure("no mapping (expected: name, and what else it has)");
        }
        if (!(body.getValue("name") instanceof String said) || said.isBlank()) {
            throw new CliFailure("name: missing (expected: the one that it is known by)");
        }
        String name = said.strip(); // as the API stores it
        body.put("name", name);
        Object id = kind == Kind.WEBHOOK ? body.remove("id") : null;
        boolean isTenantText = !body.containsKey("tenant") || body.getValue("tenant") instanceof String;
        if (!(id == null || id instanceof String) || !isTenantText) {
            throw new CliFailure("id, tenant: no text");
        }
        return new Item(kind, name, (String) id, body, references.filled(), origin);
    }

    private void add(Item item) {
        String key = item.kind() + " " + (item.kind() == Kind.SOURCE ? "" : item.tenant()) + " " + item.name() + " "
                + item.id();
        Item other = known.putIfAbsent(key, item);
        if (other != null) {
            throw new CliFailure("%s: declared in %s already".formatted(item, other.origin()));
        }
        items.add(item);
    }
}
