package dev.sluice.sim.redis;

import dev.sluice.redis.Script;
import java.util.ArrayList;
import java.util.List;

/** One call of a script. */
record ScriptUse(Script script, List<String> keys, List<String> arguments) {
    List<String> words() {
        List<String> words = new ArrayList<>(List.of("EVALSHA", script.sha(), String.valueOf(keys.size() + 1)));
        words.addAll(keys);
        words.add("never");
        words.addAll(arguments);
        return words;
    }
}
