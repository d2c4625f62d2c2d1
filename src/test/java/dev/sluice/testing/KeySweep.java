package dev.sluice.testing;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Whether every key in Redis has somebody who removes it, or runs out. */
public final class KeySweep {
    /** As JSON in one line: name, and 1 if it runs out. */
    private static final String KEYS = "local found = {} for _, key in ipairs(redis.call('KEYS', '*')) do "
            + "found[#found + 1] = {key, redis.call('PTTL', key) >= 0 and 1 or 0} end "
            + "return {ok = cjson.encode(found)}";

    private KeySweep() {}

    /** What has to be asked of Redis; the answer is what the others want. */
    public static String keys(UnaryOperator<String> eval) {
        String answer = eval.apply(KEYS);
        return answer.substring(answer.startsWith("$") ? answer.indexOf('[') : 1);
    }

    /** Keys that are in no row of the table; with a section, also those outside of it that do not run out. */
    public static List<String> unowned(String section, String keys) {
        Collection<Pattern> all = KeyTable.rows("").values();
        Collection<Pattern> some = KeyTable.rows(section).values();
        List<String> unowned = new ArrayList<>();
        for (Object each : new JsonArray(keys)) {
            JsonArray key = (JsonArray) each;
            boolean runsOut = key.getInteger(1) == 1;
            boolean isKnown = (runsOut ? all : some)
                    .stream().anyMatch(row -> row.matcher(key.getString(0)).matches());
            if (!isKnown) {
                unowned.add(key.getString(0));
            }
        }
        return unowned;
    }
}
