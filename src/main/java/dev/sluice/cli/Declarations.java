package dev.sluice.cli;

import dev.sluice.cli.Declared.Item;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads what is declared: one file, or all {@code *.yaml} and {@code *.yml} of a folder, hidden ones and those below it not. */
final class Declarations {
    private static final String PRUNE = "prune";
    private static final long MOST_BYTES = 4L << 20;
    private static final int MOST_FILES = 1000;

    private final Map<String, String> environment;
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private final List<Item> items = new ArrayList<>();
    private final Map<String, Item> known = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private boolean prune;

    private Declarations(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws CliFailure with every mistake of every file, a line each */
    static Declared read(String path, Map<String, String> environment) {
        Declarations reading = new Declarations(environment);
        files(path).forEach(reading::file);
        if (!reading.problems.isEmpty()) {
            throw new CliFailure(String.join("\n", reading.problems));
        }
        return new Declared(reading.kinds, List.copyOf(reading.items), reading.prune);
    }

    static List<Path> files(String path) {
        try {
            Path start = Path.of(path);
            if (!Files.isDirectory(start)) {
                return List.of(start);
            }
            try (Stream<Path> all = Files.list(start)) {
                List<Path> files = all.filter(
                                file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
                        .filter(Files::isRegularFile)
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
            if (Files.size(file) > MOST_BYTES) {
                throw new CliFailure("%d bytes (expected: at most %d)".formatted(Files.size(file), MOST_BYTES));
            }
            Object tree = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file, StandardCharsets.UTF_8));
            Path folder = Objects.requireNonNullElse(file.getParent(), Path.of(""));
            document(json(tree), file, new References(environment, folder));
        } catch (YamlEngineException malformed) {
            problems.add("%s: not YAML: %s"
                    .formatted(
                            file,
                            String.valueOf(malformed.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("")));
        } catch (IOException unreadable) {
            problems.add("%s: cannot be read (%s)".formatted(file, unreadable.getMessage()));
        } catch (CliFailure wrong) {
            problems.add("%s: %s".formatted(file, wrong.reason()));
        }
    }

    private void document(@Nullable Object tree, Path file, References references) {
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
                items(kind, document.getValue(kind.list()), file, references);
            }
        }
    }

    private void items(Kind kind, @Nullable Object list, Path file, References references) {
        if (!(list instanceof JsonArray array)) {
            throw new CliFailure("%s: no list (expected: one, which may be empty)".formatted(kind.list()));
        }
        for (int i = 0; i < array.size(); i++) {
            String place = "%s: %s[%d]".formatted(file, kind.list(), i);
            try {
                add(item(kind, array.getValue(i), file.toString(), references));
            } catch (CliFailure wrong) {
                problems.add("%s: %s".formatted(place, wrong.reason()));
            }
        }
    }

    private static Item item(Kind kind, @Nullable Object said, String origin, References references) {
        if (!(references.resolve(said) instanceof JsonObject body)) {
            throw new CliFailure("no mapping (expected: name, and what else it has)");
        }
        if (!(body.getValue("name") instanceof String name) || name.isBlank()) {
            throw new CliFailure("name: missing (expected: the one that it is known by)");
        }
        Object id = kind == Kind.WEBHOOK ? body.remove("id") : null;
        boolean isTenantText = !body.containsKey("tenant") || body.getValue("tenant") instanceof String;
        if (!(id == null || id instanceof String) || !isTenantText) {
            throw new CliFailure("id, tenant: no text");
        }
        return new Item(kind, name, (String) id, body, origin);
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

    private static @Nullable Object json(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((name, value) -> object.put(String.valueOf(name), json(value)));
            return object;
        }
        if (tree instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(value -> array.add(json(value)));
            return array;
        }
        return tree;
    }
}
