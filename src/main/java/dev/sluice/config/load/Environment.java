package dev.sluice.config.load;

import dev.sluice.config.Nearest;
import dev.sluice.config.load.Schema.Entries;
import dev.sluice.config.load.Schema.Section;
import dev.sluice.config.load.Tree.Branch;
import dev.sluice.config.load.Tree.Leaf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The variables that override settings: {@code delivery.allowNetworks} is {@code SLUICE_DELIVERY_ALLOW_NETWORKS}.
 * Entries with names of the user's choice, such as sources, have variables once a file names them.
 */
public final class Environment {
    private static final String PREFIX = "SLUICE_";
    /** Of the commands of {@code cli}: a shell that has it may start a pod, too. */
    private static final String KEY_OF_COMMANDS = "SLUICE_KEY";

    /**
     * Kubernetes gives each container the address of each Service of its namespace: one named {@code sluice} makes
     * {@code SLUICE_SERVICE_HOST}, and one named {@code sluice-http} a {@code SLUICE_HTTP_PORT=tcp://…} that is not our
     * setting.
     */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("SLUICE_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?)");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.+");

    private final Map<String, String> variables = new TreeMap<>();

    Environment(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !name.equals(KEY_OF_COMMANDS) && !isServiceLink(name, value)) {
                variables.put(name, value);
            }
        });
    }

    /** The settings that variables name, as a layer to lay over {@code settings}. */
    Tree over(Tree settings, Section root, Findings problems) {
        Map<String, List<String>> known = new LinkedHashMap<>();
        collect(root, settings, List.of(), known);
        Branch layer = new Branch(new LinkedHashMap<>(), "environment");
        variables.forEach((name, value) -> {
            List<String> path = known.get(name);
            if (path == null) {
                problems.add(name, "unknown variable (nearest: %s)".formatted(Nearest.to(name, known.keySet())));
            } else {
                put(layer, path, new Leaf(value, name));
            }
        });
        return layer;
    }

    /** {@code delivery.parking.claimBatch} to {@code SLUICE_DELIVERY_PARKING_CLAIM_BATCH}. */
    public static String variable(String path) {
        String words = path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("[^A-Za-z0-9]", "_");
        return PREFIX + words.toUpperCase(Locale.ROOT);
    }

    /** Each path by its variable, down to single values and lists. */
    private static void collect(Schema shape, @Nullable Tree tree, List<String> path, Map<String, List<String>> known) {
        Map<String, Tree> children = tree instanceof Branch branch ? branch.children() : Map.of();
        if (shape instanceof Section section) {
            section.fields().forEach((name, field) -> collect(field, children.get(name), with(path, name), known));
        } else if (shape instanceof Entries entries) {
            children.forEach((name, entry) -> collect(entries.entry(), entry, with(path, name), known));
        } else {
            known.put(variable(String.join(".", path)), path);
        }
    }

    private static List<String> with(List<String> path, String name) {
        return Stream.concat(path.stream(), Stream.of(name)).toList();
    }

    private static void put(Branch root, List<String> path, Leaf leaf) {
        Branch parent = root;
        for (String name : path.subList(0, path.size() - 1)) {
            Tree child =
                    parent.children().computeIfAbsent(name, absent -> new Branch(new LinkedHashMap<>(), leaf.origin()));
            parent = (Branch) child;
        }
        parent.children().put(path.get(path.size() - 1), leaf);
    }

    private static boolean isServiceLink(String name, String value) {
        boolean isAddress =
                name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches();
        return isAddress || SERVICE_LINK.matcher(name).matches();
    }
}
