package dev.sluice.sim.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A hash, and the commands on it. */
final class Fields implements Value {
    final Map<String, String> map = new LinkedHashMap<>();

    @Override
    public boolean isEmpty() {
        return map.isEmpty();
    }

    @Override
    public Value copy() {
        Fields copy = new Fields();
        copy.map.putAll(map);
        return copy;
    }

    static void into(Map<String, Handler> commands) {
        commands.put("HSET", Fields::set);
        commands.put("HSETNX", (data, given) -> {
            Map<String, String> map = make(data, given.next());
            return map.putIfAbsent(given.next(), given.next()) == null ? 1L : 0L;
        });
        commands.put("HGET", (data, given) -> of(data, given.next()).get(given.next()));
        commands.put("HMGET", (data, given) -> {
            Map<String, String> map = of(data, given.next());
            List<Object> found = new ArrayList<>();
            given.rest().forEach(field -> found.add(map.get(field)));
            return found;
        });
        commands.put("HGETALL", (data, given) -> all(of(data, given.next())));
        commands.put(
                "HVALS", (data, given) -> List.copyOf(of(data, given.next()).values()));
        commands.put("HLEN", (data, given) -> (long) of(data, given.next()).size());
        commands.put("HEXISTS", (data, given) -> of(data, given.next()).containsKey(given.next()) ? 1L : 0L);
        commands.put("HSTRLEN", (data, given) ->
                (long) of(data, given.next()).getOrDefault(given.next(), "").length());
        commands.put("HDEL", (data, given) -> {
            String key = given.next();
            Map<String, String> map = of(data, key);
            long removed = given.rest().stream()
                    .filter(field -> map.remove(field) != null)
                    .count();
            data.tidy(key);
            return removed;
        });
        commands.put("HINCRBY", Fields::add);
        commands.put("HSCAN", (data, given) -> List.of("0", all(of(data, given.next()))));
    }

    private static Map<String, String> of(Database data, String key) {
        Fields known = data.get(key, Fields.class);
        return known == null ? Collections.emptyMap() : known.map;
    }

    private static Map<String, String> make(Database data, String key) {
        return data.make(key, Fields.class, Fields::new).map;
    }

    private static List<Object> all(Map<String, String> map) {
        List<Object> all = new ArrayList<>();
        map.forEach((field, value) -> {
            all.add(field);
            all.add(value);
        });
        return all;
    }

    private static Object set(Database data, Arguments given) {
        String key = given.next();
        if (given.left() == 0 || given.left() % 2 != 0) {
            throw new Failure("ERR wrong number of arguments for 'hset' command");
        }
        Map<String, String> map = make(data, key);
        long fresh = 0;
        while (given.hasMore()) {
            fresh += map.put(given.next(), given.next()) == null ? 1 : 0;
        }
        return fresh;
    }

    private static Object add(Database data, Arguments given) {
        String key = given.next();
        String field = given.next();
        long more = given.whole();
        String was = of(data, key).get(field);
        if (was != null && !was.matches("-?\\d{1,19}")) {
            throw new Failure("ERR hash value is not an integer");
        }
        long sum = (was == null ? 0 : Long.parseLong(was)) + more;
        make(data, key).put(field, Long.toString(sum));
        return sum;
    }
}
