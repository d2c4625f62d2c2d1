package dev.sluice.config.load;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;

/** How deep YAML may be nested: what reads it goes down by calling itself, and would end the stack. */
public final class YamlDepth {
    private static final int DEEPEST = 50;

    private YamlDepth() {}

    /** @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException for what is deeper, or no YAML up to there */
    public static void check(LoadSettings settings, String yaml) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(yaml)) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                throw new ParserException(
                        "nested more than %d deep (expected: less)".formatted(DEEPEST), event.getStartMark());
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }
}
