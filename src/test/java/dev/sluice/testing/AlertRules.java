package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The rules of {@code k8s/}, as Prometheus itself reads them. */
public record AlertRules(String plain) {
    public static final Path FILE = Path.of("k8s", "base", "alerts.yaml");
    private static final String GROUPS = "  groups:\n";
    private static final Pattern DURATION = Pattern.compile("(\\[|for: |offset )(\\d+)([smh])");

    public record Alert(String name, String severity, Map<String, String> annotations) {
        public String annotation(String name) {
            return annotations.getOrDefault(name, "");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public static AlertRules read() {
        try {
            String object = Files.readString(FILE);
            return new AlertRules(object.substring(object.indexOf(GROUPS)).replaceAll("(?m)^ {2}", ""));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The same in less time: each duration is so many times shorter, and not shorter than the least. */
    public AlertRules faster(int times, int leastSeconds) {
        Matcher durations = DURATION.matcher(plain);
        return new AlertRules(durations.replaceAll(found -> {
            int unit = Map.of("s", 1, "m", 60, "h", 3600).get(found.group(3));
            int seconds = Integer.parseInt(found.group(2)) * unit / times;
            int least = found.group(1).equals("for: ") ? 1 : leastSeconds;
            return found.group(1) + Math.max(least, seconds) + "s";
        }));
    }

    /** With another threshold, where one takes too much to reach. */
    public AlertRules with(String threshold, String other) {
        if (!plain.contains(threshold)) {
            throw new IllegalArgumentException("threshold: %s (expected: one of the rules)".formatted(threshold));
        }
        return new AlertRules(plain.replace(threshold, other));
    }

    @SuppressWarnings("unchecked")
    public List<Alert> alerts() {
        Map<String, Object> tree =
                (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(plain);
        List<Alert> alerts = new ArrayList<>();
        for (Map<String, Object> group : (List<Map<String, Object>>) tree.get("groups")) {
            for (Map<String, Object> rule : (List<Map<String, Object>>) group.get("rules")) {
                if (rule.containsKey("alert")) {
                    Map<String, String> labels = (Map<String, String>) rule.get("labels");
                    alerts.add(new Alert((String) rule.get("alert"), labels.get("severity"), (Map<String, String>)
                            rule.get("annotations")));
                }
            }
        }
        return alerts;
    }
}
