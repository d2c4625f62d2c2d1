package dev.sluice.config.load;

import dev.sluice.config.Nearest;
import dev.sluice.config.load.Schema.Entries;
import dev.sluice.config.load.Schema.Section;
import dev.sluice.config.load.Tree.Branch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays settings over others: sections are merged, lists and values replaced. */
public final class Layers {
    private final Findings problems;

    Layers(Findings problems) {
        this.problems = problems;
    }

    /** What is unknown is left out, and a problem. A section with nothing in it changes nothing. */
    Tree lay(Tree upper, @Nullable Tree lower, Schema shape, String path) {
        boolean isGroup = shape instanceof Section || shape instanceof Entries;
        if (!isGroup) {
            return upper;
        }
        Branch base = lower instanceof Branch branch ? branch : new Branch(Map.of(), upper.origin());
        if (upper.isNull()) {
            return base;
        }
        if (!(upper instanceof Branch changes)) {
            problems.add(upper.origin(), path + (path.isEmpty() ? "" : ": ") + "a value (expected: settings by name)");
            return base;
        }
        Map<String, Tree> merged = new LinkedHashMap<>(base.children());
        changes.children().forEach((name, change) -> {
            if (shape instanceof Section section) {
                layField(section, name, change, merged, path);
            } else if (shape instanceof Entries entries) {
                layEntry(entries, name, change, merged, path);
            }
        });
        return new Branch(merged, changes.origin());
    }

    private void layField(Section section, String name, Tree change, Map<String, Tree> merged, String path) {
        Schema field = section.fields().get(name);
        if (field == null) {
            String nearest = Nearest.to(name, section.fields().keySet());
            problems.add(change.origin(), "%s: unknown (nearest: %s)".formatted(join(path, name), join(path, nearest)));
        } else {
            merged.put(name, lay(change, merged.get(name), field, join(path, name)));
        }
    }

    private void layEntry(Entries entries, String name, Tree change, Map<String, Tree> merged, String path) {
        if (change.isNull()) {
            merged.remove(name);
        } else {
            merged.put(name, lay(change, merged.get(name), entries.entry(), join(path, name)));
        }
    }

    public static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
