package dev.sluice.config.load;

import dev.sluice.config.load.Tree.Branch;
import dev.sluice.config.load.Tree.Leaf;
import dev.sluice.config.load.Tree.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML and keeps the line of each value. Numbers stay text: the setting says what it wants to be. */
public final class YamlTree {
    /** With those that aliases stand for: a few lines of them can stand for more than a machine holds. */
    private static final int MOST_NODES = 100_000;

    private final String name;
    private final Findings problems;
    private int nodes;

    private YamlTree(String name, Findings problems) {
        this.name = name;
        this.problems = problems;
    }

    /** The settings in {@code yaml}; none, and a problem, if it is not YAML. {@code name} is that of the file. */
    public static Tree read(String yaml, String name, Findings problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setSchema(new CoreSchema())
                .build();
        YamlTree reader = new YamlTree(name, problems);
        try {
            YamlDepth.check(settings, yaml);
            return new Compose(settings).composeString(yaml).map(reader::tree).orElseGet(reader::nothing);
        } catch (MarkedYamlEngineException malformed) {
            String origin = malformed.getProblemMark().map(reader::origin).orElse(name);
            problems.add(origin, "not YAML: " + malformed.getProblem());
        } catch (YamlEngineException malformed) {
            problems.add(name, "not YAML: " + malformed.getMessage());
        }
        return reader.nothing();
    }

    private Tree tree(Node node) {
        String origin = node.getStartMark().map(this::origin).orElse(name);
        if (node.isRecursive()) {
            problems.add(origin, "holds itself (expected: an alias of something outside)");
            return nothing();
        }
        if (++nodes > MOST_NODES) {
            return tooMuch(origin);
        }
        if (node instanceof MappingNode mapping) {
            return branch(mapping, origin);
        }
        if (node instanceof SequenceNode sequence) {
            List<Tree> items = sequence.getValue().stream().map(this::tree).toList();
            return new Sequence(items, origin);
        }
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        return new Leaf(node.getTag().equals(Tag.NULL) ? null : text, origin);
    }

    private Branch branch(MappingNode mapping, String origin) {
        Map<String, Tree> children = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String line = entry.getKeyNode().getStartMark().map(this::origin).orElse(origin);
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problems.add(line, "a key that is no text (expected: the name of a setting)");
            } else if (children.putIfAbsent(key.getValue(), tree(entry.getValueNode())) != null) {
                problems.add(line, key.getValue() + ": written twice (expected: once)");
            }
        }
        return new Branch(children, origin);
    }

    /** Said once; nothing behind it is read. */
    private Tree tooMuch(String origin) {
        if (nodes == MOST_NODES + 1) {
            problems.add(origin, "more than %1$d values (expected: at most %1$d)".formatted(MOST_NODES));
        }
        return nothing();
    }

    private Tree nothing() {
        return new Leaf(null, name);
    }

    private String origin(Mark mark) {
        return name + ":" + (mark.getLine() + 1);
    }
}
