package dev.sluice.sim.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A set, and the commands on it. What Redis picks by chance is here what was added first. */
final class Members implements Value {
    final Set<String> set = new LinkedHashSet<>();

    @Override
    public boolean isEmpty() {
        return set.isEmpty();
    }

    @Override
    public Value copy() {
        Members copy = new Members();
        copy.set.addAll(set);
        return copy;
    }

    static void into(Map<String, Handler> commands) {
        commands.put("SADD", (data, given) -> {
            Set<String> set = data.make(given.next(), Members.class, Members::new).set;
            return given.rest().stream().filter(set::add).count();
        });
        commands.put("SREM", (data, given) -> {
            String key = given.next();
            Set<String> set = of(data, key);
            long removed = given.rest().stream().filter(set::remove).count();
            data.tidy(key);
            return removed;
        });
        commands.put("SCARD", (data, given) -> (long) of(data, given.next()).size());
        commands.put("SMEMBERS", (data, given) -> List.copyOf(of(data, given.next())));
        commands.put("SPOP", (data, given) -> {
            String key = given.next();
            Set<String> set = of(data, key);
            List<Object> popped = new ArrayList<>(
                    set.stream().limit(given.hasMore() ? given.whole() : 1).toList());
            popped.forEach(set::remove);
            data.tidy(key);
            return popped;
        });
    }

    private static Set<String> of(Database data, String key) {
        Members known = data.get(key, Members.class);
        return known == null ? Collections.emptySet() : known.set;
    }
}
