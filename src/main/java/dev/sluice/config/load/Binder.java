package dev.sluice.config.load;

import dev.sluice.config.load.Schema.Entries;
import dev.sluice.config.load.Schema.Items;
import dev.sluice.config.load.Schema.Section;
import dev.sluice.config.load.Schema.Value;
import dev.sluice.config.load.Tree.Branch;
import dev.sluice.config.load.Tree.Leaf;
import dev.sluice.config.load.Tree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of settings. To find every problem in one go, a wrong value is replaced by its default and the reading
 * goes on: a record that refuses one value is asked again about the others.
 */
final class Binder {
    private final Findings problems;

    Binder(Findings problems) {
        this.problems = problems;
    }

    /** {@code fallback}: what to go on with after a problem. Null without a fallback means that there was one. */
    @Nullable
    Object section(Section section, Tree tree, @Nullable Object fallback, String path) {
        int before = problems.count();
        Map<String, Tree> children = tree instanceof Branch branch ? branch.children() : Map.of();
        List<@Nullable Object> values = new ArrayList<>();
        section.fields().forEach((name, field) -> {
            Object former = fallback == null ? null : section.valueOf(fallback, name);
            Tree child = children.get(name);
            Tree present = child == null ? new Leaf(null, tree.origin()) : child;
            values.add(bind(field, present, former, Layers.join(path, name)));
        });
        boolean isIncomplete = fallback == null && problems.count() > before;
        return isIncomplete ? null : create(section, values, tree, fallback, path);
    }

    private @Nullable Object bind(Schema shape, Tree tree, @Nullable Object fallback, String path) {
        if (shape instanceof Section section) {
            return section(section, tree, fallback, path);
        }
        if (shape instanceof Entries entries) {
            return entries(entries, tree, fallback, path);
        }
        return shape instanceof Items items
                ? items(items.item(), tree, fallback, path)
                : value((Value) shape, tree, fallback, path);
    }

    private Map<String, Object> entries(Entries entries, Tree tree, @Nullable Object fallback, String path) {
        Map<String, Object> bound = new LinkedHashMap<>();
        Map<?, ?> formers = fallback instanceof Map<?, ?> map ? map : Map.of();
        Map<String, Tree> children = tree instanceof Branch branch ? branch.children() : Map.of();
        children.forEach((name, child) -> {
            Object entry = section(entries.entry(), child, formers.get(name), Layers.join(path, name));
            if (entry != null) {
                bound.put(name, entry);
            }
        });
        return bound;
    }

    /** A list, or a text with commas. */
    private @Nullable Object items(Scalar item, Tree tree, @Nullable Object fallback, String path) {
        int before = problems.count();
        List<Object> bound = new ArrayList<>();
        for (Tree child : children(tree)) {
            Object value = value(new Value(item, false), child, null, path);
            if (value != null) {
                bound.add(value);
            }
        }
        return problems.count() > before ? fallback : bound;
    }

    private static List<Tree> children(Tree tree) {
        if (tree instanceof Sequence sequence) {
            return sequence.items();
        }
        if (tree instanceof Leaf leaf) {
            String text = leaf.text() == null ? "" : leaf.text();
            return Stream.of(text.split(",", -1))
                    .map(String::trim)
                    .filter(word -> !word.isEmpty())
                    .<Tree>map(word -> new Leaf(word, leaf.origin()))
                    .toList();
        }
        return List.of(tree);
    }

    private @Nullable Object value(Value value, Tree tree, @Nullable Object fallback, String path) {
        Scalar scalar = value.scalar();
        if (!(tree instanceof Leaf leaf)) {
            return problem(tree, path, "several values", scalar, fallback);
        }
        String text = leaf.text();
        if (text == null || text.isBlank()) {
            return value.nullable() ? null : problem(tree, path, "nothing", scalar, fallback);
        }
        try {
            return scalar.parse().apply(text.trim());
        } catch (IllegalArgumentException refused) {
            return problem(tree, path, text, scalar, fallback);
        }
    }

    private @Nullable Object problem(Tree tree, String path, String found, Scalar scalar, @Nullable Object fallback) {
        problems.add(tree.origin(), "%s: %s (expected: %s)".formatted(path, found, scalar.expected()));
        return fallback;
    }

    /** The messages of the records begin with the name of the component that is wrong. */
    private @Nullable Object create(
            Section section, List<@Nullable Object> values, Tree tree, @Nullable Object fallback, String path) {
        List<String> names = List.copyOf(section.fields().keySet());
        while (true) {
            try {
                return section.create(values);
            } catch (IllegalArgumentException refused) {
                String message = String.valueOf(refused.getMessage());
                String name = message.substring(0, Math.max(0, message.indexOf(':')));
                problems.add(origin(tree, name), Layers.join(path, message));
                int wrong = names.indexOf(name);
                Object former = wrong < 0 || fallback == null ? null : section.valueOf(fallback, name);
                if (wrong < 0 || fallback == null || Objects.equals(values.get(wrong), former)) {
                    return fallback;
                }
                values.set(wrong, former);
            }
        }
    }

    private static String origin(Tree tree, String name) {
        Tree child = tree instanceof Branch branch ? branch.children().get(name) : null;
        return child == null ? tree.origin() : child.origin();
    }
}
