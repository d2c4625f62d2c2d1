package dev.sluice.config.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.SluiceConfig;
import dev.sluice.config.load.Tree.Branch;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ranges that conf/sluice.yaml tells are those that the records hold, and none is left untold. */
class RangesTest {
    private static final Path DEFAULTS = Path.of("conf", "sluice.yaml");
    private static final String NUMBER = "(\\d+(?:\\.\\d+)?)([A-Za-z]*)";
    private static final Pattern RANGE = Pattern.compile(NUMBER + " to " + NUMBER);
    /** Larger than any bound that anybody would give. */
    private static final Map<Class<?>, String> HUGE = Map.of(
            int.class, String.valueOf(Integer.MAX_VALUE),
            long.class, "900000000000000000",
            double.class, "1000000",
            Duration.class, "36500d");

    @TempDir
    private Path folder;

    record Setting(String path, Class<?> type, String comment) {
        @Override
        public String toString() {
            return path;
        }
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void takesBothEndsOfTheRangeAndNothingBeyond(Setting setting) {
        Matcher range = RANGE.matcher(setting.comment);
        assertThat(range.find()).isTrue();
        String from = range.group(1) + range.group(2);
        String to = range.group(3) + range.group(4);

        load(setting.path, from);
        load(setting.path, to);
        refused(setting.path, shifted(range, 1, -1));
        refused(setting.path, shifted(range, 3, 1));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void tellsOfEachUpperBoundThatIsHeld(Setting setting) {
        try {
            load(setting.path, HUGE.get(setting.type));
        } catch (ConfigProblems refused) {
            if (refused.getMessage().contains("expected: ")
                    && !refused.getMessage().contains("expected: >= ")) {
                assertThat(setting.comment).containsPattern(" to |up to|at most|port");
            }
        }
    }

    @Test
    void findsTheRanges() throws IOException {
        assertThat(ranges()).hasSizeGreaterThanOrEqualTo(10);
    }

    private void refused(String path, String value) {
        assertThatThrownBy(() -> load(path, value)).as(path + ": " + value).isInstanceOf(ConfigProblems.class);
    }

    private SluiceConfig load(String path, String value) {
        return new ConfigLoader(Map.of(Environment.variable(path), value), folder.resolve("absent")).load(null);
    }

    /** The end of a range, one further out, in a unit that is small enough to say so. */
    private static String shifted(MatchResult range, int group, int step) {
        String number = range.group(group);
        String unit = range.group(group + 1);
        if (number.contains(".") || (unit.isEmpty() && Double.parseDouble(range.group(3)) <= 1)) {
            return String.valueOf(Double.parseDouble(number) + step);
        }
        return switch (unit) {
            case "MiB" -> String.valueOf((Long.parseLong(number) << 20) + step);
            case "s" -> 1000 * Long.parseLong(number) + step + "ms";
            default -> Long.parseLong(number) + step + unit;
        };
    }

    static Stream<Setting> ranges() throws IOException {
        return settings().filter(setting -> RANGE.matcher(setting.comment).find());
    }

    static Stream<Setting> settings() throws IOException {
        Map<String, Class<?>> types = new TreeMap<>();
        collect(SluiceConfig.class, "", types);
        List<String> lines = Files.readAllLines(DEFAULTS);
        Tree root = YamlTree.read(Files.readString(DEFAULTS), "", new Findings());
        List<Setting> settings = new ArrayList<>();
        types.forEach((path, type) -> settings.add(new Setting(path, type, comment(path, root, lines))));
        return settings.stream();
    }

    private static void collect(Class<?> section, String path, Map<String, Class<?>> types) {
        for (RecordComponent setting : section.getRecordComponents()) {
            String inside = Layers.join(path, setting.getName());
            if (setting.getType().isRecord()) {
                collect(setting.getType(), inside, types);
            } else if (HUGE.containsKey(setting.getType())) {
                types.put(inside, setting.getType());
            }
        }
    }

    /** The lines above the setting, up to the one before it. */
    private static String comment(String path, Tree root, List<String> lines) {
        Tree tree = root;
        for (String name : path.split("\\.", -1)) {
            tree = ((Branch) tree).children().get(name);
        }
        int line = Integer.parseInt(tree.origin().substring(1)) - 1;
        StringBuilder comment = new StringBuilder();
        for (int i = line - 1; lines.get(i).strip().startsWith("# "); i--) {
            comment.insert(0, lines.get(i).strip().substring(1));
        }
        return comment.toString();
    }
}
