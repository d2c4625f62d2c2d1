package dev.sluice.sim.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A stream, and the commands on it that have nothing to do with groups. Trims are exact, also where they need not be. */
final class Log implements Value {
    final NavigableMap<Id, List<String>> entries = new TreeMap<>();
    final Map<String, Group> groups = new TreeMap<>();
    Id last = Id.FIRST;
    long added;

    int size() {
        return entries.size();
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public Value copy() {
        Log copy = new Log();
        copy.entries.putAll(entries);
        groups.forEach((name, group) -> copy.groups.put(name, group.copy()));
        copy.last = last;
        copy.added = added;
        return copy;
    }

    static void into(Map<String, Handler> commands) {
        commands.put("XADD", Log::add);
        commands.put("XLEN", (data, given) -> {
            Log log = data.get(given.next(), Log.class);
            return log == null ? 0L : (long) log.size();
        });
        commands.put("XRANGE", (data, given) -> range(data, given, false));
        commands.put("XREVRANGE", (data, given) -> range(data, given, true));
        commands.put("XTRIM", (data, given) -> {
            Log log = data.get(given.next(), Log.class);
            return log == null ? 0L : log.trim(given);
        });
        commands.put("XREAD", Log::read);
    }

    /** As {@code MAXLEN ~ 5} says. */
    private long trim(Arguments given) {
        boolean byCount = given.take("MAXLEN");
        if (!byCount && !given.take("MINID")) {
            throw given.syntax();
        }
        if (!given.take("~")) {
            given.take("=");
        }
        String limit = given.next();
        long before = entries.size();
        if (byCount) {
            while (entries.size() > Numbers.whole(limit)) {
                entries.pollFirstEntry();
            }
        } else {
            entries.headMap(Id.of(limit, 0), false).clear();
        }
        return before - entries.size();
    }

    private static Object add(Database data, Arguments given) {
        String key = given.next();
        Arguments trim = null;
        if (given.take("MAXLEN")) {
            String how = given.take("~") ? "~" : "=";
            trim = new Arguments(List.of("MAXLEN", how, given.next()));
        }
        String id = given.next();
        List<String> fields = List.copyOf(given.rest());
        if (fields.isEmpty() || fields.size() % 2 != 0) {
            throw new Failure("ERR wrong number of arguments for 'xadd' command");
        }
        Log log = data.make(key, Log.class, Log::new);
        Id fresh = id.equals("*") ? log.nextId(data.now()) : Id.of(id, 0);
        if (fresh.compareTo(log.last) <= 0) {
            throw new Failure("ERR The ID specified in XADD is equal or smaller than the target stream top item");
        }
        log.entries.put(fresh, fields);
        log.last = fresh;
        log.added++;
        data.grew();
        if (trim != null) {
            log.trim(trim);
        }
        return fresh.toString();
    }

    private Id nextId(long now) {
        return now > last.ms() ? new Id(now, 0) : last.next();
    }

    static Object entry(Id id, List<String> fields) {
        List<Object> entry = new ArrayList<>();
        entry.add(id.toString());
        entry.add(fields);
        return entry;
    }

    /** At most so many of those in order; below zero: all. */
    static List<Object> some(Map<Id, List<String>> entries, long most) {
        List<Object> some = new ArrayList<>();
        for (Map.Entry<Id, List<String>> each : entries.entrySet()) {
            if (some.size() == most) {
                break;
            }
            some.add(entry(each.getKey(), each.getValue()));
        }
        return some;
    }

    private static Object range(Database data, Arguments given, boolean isReverse) {
        Log log = data.get(given.next(), Log.class);
        String one = given.next();
        String other = given.next();
        Id from = Id.from(isReverse ? other : one);
        Id to = Id.to(isReverse ? one : other);
        long most = given.take("COUNT") ? given.whole() : -1;
        if (log == null || from.compareTo(to) > 0) {
            return List.of();
        }
        NavigableMap<Id, List<String>> part = log.entries.subMap(from, true, to, true);
        return some(isReverse ? part.descendingMap() : part, most);
    }

    private static Object read(Database data, Arguments given) {
        long most = given.take("COUNT") ? given.whole() : -1;
        if (given.take("BLOCK")) {
            given.next();
        }
        if (!given.take("STREAMS")) {
            throw given.syntax();
        }
        List<String> words = given.rest();
        int streams = words.size() / 2;
        List<Object> found = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            Log log = data.get(words.get(i), Log.class);
            String id = words.get(streams + i);
            if (log != null && !id.equals("$")) {
                List<Object> some = some(log.entries.tailMap(Id.of(id, 0), false), most);
                if (!some.isEmpty()) {
                    found.add(List.of(words.get(i), some));
                }
            }
        }
        return found.isEmpty() ? null : found;
    }
}
