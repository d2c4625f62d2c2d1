package dev.sluice.sim.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Redis and the model of one, which are told the same and must answer the same; times may be a little apart. */
final class Pair {
    /** More than any machine needs between the two. */
    private static final long APART_MILLIS = 120_000;

    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{12,}(\\.\\d+)?");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    /** Scripts that answer how long ago something was, in milliseconds or microseconds. */
    private static final Set<String> AGES = Set.of(
            "lua/system-look.lua",
            "lua/delivery-waiting.lua",
            "lua/journal-look.lua",
            "lua/pace-tell.lua",
            "lua/pace-slow.lua",
            "lua/rate-take.lua",
            "lua/rate-back.lua");

    private static final Set<String> UNORDERED = Set.of("SMEMBERS", "HGETALL", "HVALS");

    private final Wire real;
    private final ModelRedis model = new ModelRedis(Pair::micros);
    private boolean tellsAges;
    private boolean answersSet;
    private final Set<String> known = new HashSet<>();
    private final List<String> story = new ArrayList<>();

    Pair(Wire real) {
        this.real = real;
        real.ask(List.of("FLUSHALL"));
        real.ask(List.of("SCRIPT", "FLUSH"));
    }

    private static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    void tell(String... words) {
        tell(List.of(words));
    }

    Object tell(List<String> words) {
        Object expected = real.ask(words);
        Object actual = model.execute(words);
        story.add((words.get(0).equals("SCRIPT") ? "SCRIPT" : words) + " -> " + expected);
        boolean isUnordered = UNORDERED.contains(words.get(0)) || answersSet;
        assertThat(plain(actual, isUnordered, expected))
                .as("%s", String.join("\n", story.subList(Math.max(0, story.size() - 12), story.size())))
                .isEqualTo(plain(expected, isUnordered, expected));
        return expected;
    }

    /** Each call in a millisecond of its own, so that what came first is the first in both. */
    void call(ScriptUse use) {
        long then = micros() / 1000;
        while (micros() / 1000 == then) {
            Thread.onSpinWait();
        }
        if (known.add(use.script().sha())) {
            tell("SCRIPT", "LOAD", new String(use.script().source().getBytes(UTF_8), ISO_8859_1));
        }
        tellsAges = AGES.contains(use.script().name());
        answersSet = use.script().name().equals("lua/delivery-blocked.lua");
        tell(use.words());
        answersSet = false;
        tellsAges = false;
    }

    /** All that both have. */
    void compare() {
        Object keys = real.ask(List.of("KEYS", "*"));
        List<String> names =
                ((List<?>) keys).stream().map(String::valueOf).sorted().toList();
        assertThat(model.keys()).as("%s", String.join("\n", story)).isEqualTo(names);
        for (String key : names) {
            tell("PTTL", key);
            tellsAges = key.startsWith("waiting");
            switch (((Reply.Status) real.ask(List.of("TYPE", key))).text()) {
                case "string" -> tell("GET", key);
                case "hash" -> tell("HGETALL", key);
                case "set" -> tell("SMEMBERS", key);
                case "list" -> tell("LRANGE", key, "0", "-1");
                case "zset" -> tell("ZRANGE", key, "0", "-1", "WITHSCORES");
                default -> {
                    tell("XRANGE", key, "-", "+");
                    tell("XINFO", "GROUPS", key);
                }
            }
        }
    }

    /** Texts with long numbers replaced by those of the other where these are times near to them; errors by their codes. */
    private Object plain(Object answer, boolean isUnordered, Object other) {
        if (answer instanceof Long number) {
            if (tellsAges) {
                return other instanceof Long near && Math.abs(number - near) < 1000 * APART_MILLIS ? other : number;
            }
            boolean isNear =
                    other instanceof Long near && number > 0 && near > 0 && Math.abs(number - near) < APART_MILLIS;
            return isNear && (number > 1000 || (Long) other > 1000) ? other : number;
        } else if (answer instanceof String text) {
            return other instanceof String near ? times(text, near) : text;
        } else if (answer instanceof Reply.Refusal error) {
            return "error " + error.message().replaceFirst(" .*", "");
        } else if (answer instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                if (isIdleTime(list, i)) {
                    all.add("idle");
                    continue;
                }
                boolean hasOther = other instanceof List<?> others && i < others.size() && !isUnordered;
                all.add(plain(list.get(i), answersSet, hasOther ? ((List<?>) other).get(i) : list.get(i)));
            }
            if (isUnordered) {
                all.sort(Comparator.comparing(
                        each -> LONG_NUMBER.matcher(String.valueOf(each)).replaceAll("TIME")));
                all.replaceAll(each -> LONG_NUMBER.matcher(String.valueOf(each)).replaceAll("TIME"));
            }
            return all;
        }
        return answer;
    }

    /** For how long, which the two never tell alike: of a consumer, or of an entry that is pending. */
    private static boolean isIdleTime(List<?> list, int at) {
        boolean isOfConsumer = at > 0 && "idle".equals(list.get(at - 1));
        return isOfConsumer || (at == 2 && isPendingEntry(list));
    }

    private static boolean isPendingEntry(List<?> list) {
        return list.size() == 4 && list.get(3) instanceof Long && list.get(1) instanceof String;
    }

    private String times(String text, String other) {
        Pattern numbers = tellsAges ? NUMBER : LONG_NUMBER;
        Matcher mine = numbers.matcher(text);
        Matcher near = numbers.matcher(other);
        StringBuilder all = new StringBuilder();
        while (mine.find()) {
            boolean isNear = near.find() && isNear(mine.group(), near.group());
            mine.appendReplacement(all, isNear ? near.group() : mine.group());
        }
        return mine.appendTail(all).toString();
    }

    private static boolean isNear(String one, String other) {
        double a = Double.parseDouble(one);
        double b = Double.parseDouble(other);
        double unit = a > 1e15 ? 1000 : 1;
        return Math.abs(a - b) < APART_MILLIS * unit && a % 1 == b % 1;
    }
}
