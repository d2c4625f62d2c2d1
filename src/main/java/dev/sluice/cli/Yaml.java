package dev.sluice.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML as JSON. A few lines of aliases can stand for more than a machine holds, or for themselves: there are none of collections. */
final class Yaml {
    /** The forms of the API have less; what reads goes down by calling itself. */
    private static final int DEEPEST = 50;

    private Yaml() {}

    /** @throws CliFailure with the line of what is none */
    static @Nullable Object read(String text) {
        LoadSettings settings = LoadSettings.builder().build();
        try {
            check(new Parse(settings).parseString(text));
            return json(new Load(settings).loadFromString(text));
        } catch (MarkedYamlEngineException malformed) {
            String line = malformed
                    .getProblemMark()
                    .map(mark -> "line %d: ".formatted(mark.getLine() + 1))
                    .orElse("");
            throw new CliFailure("not YAML: %s%s".formatted(line, malformed.getProblem()));
        } catch (YamlEngineException malformed) {
            throw new CliFailure("not YAML: %s"
                    .formatted(String.valueOf(malformed.getMessage())
                            .lines()
                            .findFirst()
                            .orElse("")));
        }
    }

    private static void check(Iterable<Event> events) {
        Set<Anchor> collections = new HashSet<>();
        Optional<Anchor> opened = Optional.empty();
        int depth = 0;
        for (Event event : events) {
            if (!(event instanceof CollectionEndEvent)) {
                opened.ifPresent(collections::add); // an empty one stands for nothing, however often
            }
            opened = Optional.empty();
            if (event instanceof CollectionStartEvent start) {
                opened = start.getAnchor();
                if (++depth > DEEPEST) {
                    throw mistake(event, "nested more than %d deep (expected: less)".formatted(DEEPEST));
                }
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof AliasEvent alias && collections.contains(alias.getAlias())) {
                throw mistake(
                        event,
                        "*%s: an alias of a list or a mapping (expected: what it stands for)"
                                .formatted(alias.getAlias().getValue()));
            }
        }
    }

    private static CliFailure mistake(Event event, String what) {
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        return new CliFailure("line %d: %s".formatted(line, what));
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
