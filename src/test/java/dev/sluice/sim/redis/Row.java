package dev.sluice.sim.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A list, and the commands on it. */
final class Row implements Value {
    final List<String> list = new ArrayList<>();

    @Override
    public boolean isEmpty() {
        return list.isEmpty();
    }

    @Override
    public Value copy() {
        Row copy = new Row();
        copy.list.addAll(list);
        return copy;
    }

    static void into(Map<String, Handler> commands) {
        commands.put("RPUSH", (data, given) -> {
            List<String> list = data.make(given.next(), Row.class, Row::new).list;
            list.addAll(given.rest());
            return (long) list.size();
        });
        commands.put("LPUSH", (data, given) -> {
            List<String> list = data.make(given.next(), Row.class, Row::new).list;
            given.rest().forEach(word -> list.add(0, word));
            return (long) list.size();
        });
        commands.put("RPOP", (data, given) -> {
            String key = given.next();
            List<String> list = of(data, key);
            String last = list.isEmpty() ? null : list.remove(list.size() - 1);
            data.tidy(key);
            return last;
        });
        commands.put("LLEN", (data, given) -> (long) of(data, given.next()).size());
        commands.put("LINDEX", (data, given) -> {
            List<String> list = of(data, given.next());
            long at = given.whole();
            at = at < 0 ? at + list.size() : at;
            return at < 0 || at >= list.size() ? null : list.get((int) at);
        });
        commands.put(
                "LRANGE", (data, given) -> List.copyOf(part(of(data, given.next()), given.whole(), given.whole())));
        commands.put("LTRIM", (data, given) -> {
            String key = given.next();
            List<String> list = of(data, key);
            List<String> left = List.copyOf(part(list, given.whole(), given.whole()));
            if (!list.isEmpty()) {
                list.clear();
                list.addAll(left);
            }
            data.tidy(key);
            return Reply.OK;
        });
        commands.put("LREM", Row::remove);
    }

    private static List<String> of(Database data, String key) {
        Row known = data.get(key, Row.class);
        return known == null ? Collections.emptyList() : known.list;
    }

    /** Both ends are in it; below zero they count from the end. */
    static <T> List<T> part(List<T> list, long from, long to) {
        long size = list.size();
        long first = Math.max(0, from < 0 ? from + size : from);
        long last = Math.min(size - 1, to < 0 ? to + size : to);
        return first > last ? Collections.emptyList() : list.subList((int) first, (int) last + 1);
    }

    private static Object remove(Database data, Arguments given) {
        String key = given.next();
        long most = given.whole();
        String word = given.next();
        if (most < 0) {
            throw new Failure("ERR LREM from the end is not simulated");
        }
        List<String> list = of(data, key);
        long removed = 0;
        while ((most == 0 || removed < most) && !list.isEmpty() && list.remove(word)) {
            removed++;
        }
        data.tidy(key);
        return removed;
    }
}
