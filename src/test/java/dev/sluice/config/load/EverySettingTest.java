package dev.sluice.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.SluiceConfig;
import dev.sluice.config.load.Schema.Entries;
import dev.sluice.config.load.Schema.Items;
import dev.sluice.config.load.Schema.Section;
import dev.sluice.config.load.Schema.Value;
import dev.sluice.config.load.Tree.Branch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For all components of all records: nobody can add a setting and forget its default, its comment or its variable. */
class EverySettingTest {
    private static final Path DEFAULTS = Path.of("conf", "sluice.yaml");

    /** Values that differ from the default and that no record refuses. */
    private static final Map<String, String> OTHER_VALUES = Map.ofEntries(
            Map.entry("http.port", "8090"),
            Map.entry("redis.uri", "redis://redis.example:6379"),
            Map.entry("access.adminKey", "0123456789abcdef"),
            Map.entry("secrets.key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
            Map.entry("secrets.otherKeys", "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
            Map.entry("journal.durability", "fsync"),
            Map.entry("runtime.roles", "ingest,api"),
            Map.entry("log.format", "json"),
            Map.entry("log.level", "debug"),
            Map.entry("delivery.retryDelays", "1s,2s"),
            Map.entry("delivery.allowNetworks", "10.0.0.0/8,192.168.0.0/16"),
            Map.entry("delivery.proxy", "http://proxy.example:3128"),
            Map.entry("fanout.windowBytes", "2MiB"),
            Map.entry("tracing.url", "http://collector.example:4318"),
            Map.entry("delivery.circuit.openForMax", "1h"),
            Map.entry("sources.strapi.basic", "user:password"),
            Map.entry("sources.strapi.header", "X-Secret: value"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("paths")
    void hasADefaultInTheFile(String path) throws IOException {
        Tree tree = YamlTree.read(Files.readString(DEFAULTS), "defaults", new Findings());
        for (String name : path.split("\\.", -1)) {
            assertThat(tree).isInstanceOf(Branch.class);
            tree = ((Branch) tree).children().get(name);
        }
        assertThat(tree).as(path).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void hasACommentOfItsOwnInTheFile(String path) throws IOException {
        List<String> lines = Files.readAllLines(DEFAULTS);
        Tree tree = YamlTree.read(Files.readString(DEFAULTS), "", new Findings());
        for (String name : path.split("\\.", -1)) {
            tree = ((Branch) tree).children().get(name);
        }
        int line = Integer.parseInt(tree.origin().substring(1));
        assertThat(lines.get(line - 2).trim()).as("above " + path).startsWith("# ");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void canBeSetByAVariableAndChangesNothingElse(String path) {
        Map<String, Object> usual = flat(load(Map.of()));
        String other = other(path, usual.get(path));

        Map<String, Object> changed = flat(load(Map.of(Environment.variable(path), other)));

        assertThat(changed.get(path)).isNotEqualTo(usual.get(path));
        usual.remove(path);
        changed.remove(path);
        assertThat(changed).isEqualTo(usual);
    }

    @Test
    void hasAVariableNobodyElseHas() {
        assertThat(paths().map(Environment::variable))
                .doesNotHaveDuplicates()
                .contains("SLUICE_DELIVERY_PARKING_SHARDS");
    }

    static Stream<String> paths() {
        List<String> paths = new ArrayList<>();
        collect(Schema.of(SluiceConfig.class), "", paths);
        return paths.stream();
    }

    private static void collect(Schema shape, String path, List<String> paths) {
        if (shape instanceof Section section) {
            section.fields().forEach((name, field) -> collect(field, Layers.join(path, name), paths));
        } else if (shape instanceof Entries entries) {
            collect(entries.entry(), Layers.join(path, "strapi"), paths);
        } else {
            paths.add(path);
        }
    }

    private SluiceConfig load(Map<String, String> environment) {
        return new ConfigLoader(environment, folder.resolve("absent")).load(null);
    }

    private static Map<String, Object> flat(SluiceConfig config) {
        Map<String, Object> values = new TreeMap<>();
        flatten(Schema.of(SluiceConfig.class), config, "", values);
        return values;
    }

    private static void flatten(Schema shape, Object value, String path, Map<String, Object> values) {
        if (shape instanceof Section section) {
            section.fields()
                    .forEach((name, field) ->
                            flatten(field, section.valueOf(value, name), Layers.join(path, name), values));
        } else if (shape instanceof Entries entries) {
            ((Map<?, ?>) value)
                    .forEach((name, entry) ->
                            flatten(entries.entry(), entry, Layers.join(path, name.toString()), values));
        } else {
            assertThat(shape).isInstanceOfAny(Value.class, Items.class);
            values.put(path, value == null ? "null" : value);
        }
    }

    private static String other(String path, Object usual) {
        if (OTHER_VALUES.containsKey(path)) {
            return OTHER_VALUES.get(path);
        }
        if (usual instanceof Integer || usual instanceof Long) {
            return String.valueOf(((Number) usual).longValue() + 1);
        }
        if (usual instanceof Double) {
            return "0.25";
        }
        if (usual instanceof Boolean truth) {
            return String.valueOf(!truth);
        }
        if (usual instanceof Enum<?> chosen) {
            return Stream.of(chosen.getDeclaringClass().getEnumConstants())
                    .filter(constant -> constant != chosen)
                    .findFirst()
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .orElseThrow();
        }
        return usual instanceof Duration ? "1500ms" : "another,one";
    }
}
