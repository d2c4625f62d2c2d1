package dev.sluice.sim.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Commands on groups of consumers. */
final class Groups {
    private Groups() {}

    static void into(Map<String, Handler> commands) {
        commands.put("XGROUP", Groups::manage);
        commands.put("XINFO", Groups::tell);
        commands.put("XREADGROUP", Groups::read);
        commands.put("XACK", (data, given) -> {
            Log log = data.get(given.next(), Log.class);
            Group group = log == null ? null : log.groups.get(given.next());
            return group == null
                    ? 0L
                    : given.rest().stream()
                            .filter(id -> group.pending.remove(Id.of(id, 0)) != null)
                            .count();
        });
        commands.put("XPENDING", Groups::pending);
        commands.put("XCLAIM", Claims::claim);
        commands.put("XAUTOCLAIM", Claims::autoClaim);
    }

    static Group group(Database data, String key, String name) {
        Log log = data.get(key, Log.class);
        Group group = log == null ? null : log.groups.get(name);
        if (group == null) {
            throw new Failure("NOGROUP No such key '%s' or consumer group '%s'".formatted(key, name));
        }
        return group;
    }

    private static Object manage(Database data, Arguments given) {
        if (given.take("CREATE")) {
            return create(data, given);
        }
        if (!given.take("DELCONSUMER")) {
            throw given.syntax();
        }
        String key = given.next();
        if (!data.has(key)) {
            throw new Failure("ERR The XGROUP subcommand requires the key to exist.");
        }
        Group group = group(data, key, given.next());
        String consumer = given.next();
        long lost = group.pendingOf(consumer);
        group.pending.values().removeIf(one -> one.consumer.equals(consumer));
        group.consumers.remove(consumer);
        return lost;
    }

    private static Object create(Database data, Arguments given) {
        String key = given.next();
        String name = given.next();
        String id = given.next();
        long read = Group.UNKNOWN;
        boolean makes = false;
        while (given.hasMore()) {
            if (given.take("MKSTREAM")) {
                makes = true;
            } else if (given.take("ENTRIESREAD")) {
                read = given.whole();
            } else {
                throw given.syntax();
            }
        }
        Log log = data.get(key, Log.class);
        if (log == null && !makes) {
            throw new Failure("ERR The XGROUP subcommand requires the key to exist.");
        }
        log = data.make(key, Log.class, Log::new);
        if (log.groups.containsKey(name)) {
            throw new Failure("BUSYGROUP Consumer Group name already exists");
        }
        log.groups.put(name, new Group(id.equals("$") ? log.last : Id.of(id, 0), read));
        return Reply.OK;
    }

    private static Object tell(Database data, Arguments given) {
        boolean isOfGroups = given.take("GROUPS");
        if (!isOfGroups && !given.take("CONSUMERS")) {
            throw given.syntax();
        }
        String key = given.next();
        Log log = data.get(key, Log.class);
        if (log == null) {
            throw new Failure("ERR no such key");
        }
        List<Object> told = new ArrayList<>();
        if (isOfGroups) {
            log.groups.forEach((name, group) -> told.add(fields(
                    "name",
                    name,
                    "consumers",
                    (long) group.consumers.size(),
                    "pending",
                    (long) group.pending.size(),
                    "last-delivered-id",
                    group.delivered.toString(),
                    "entries-read",
                    group.read == Group.UNKNOWN ? null : group.read,
                    "lag",
                    group.lag(log))));
            return told;
        }
        Group group = group(data, key, given.next());
        group.consumers.forEach((name, seen) -> told.add(
                fields("name", name, "pending", group.pendingOf(name), "idle", Math.max(0, data.now() - seen))));
        return told;
    }

    private static List<Object> fields(Object... fields) {
        List<Object> all = new ArrayList<>();
        for (Object field : fields) {
            all.add(field);
        }
        return all;
    }

    private static Object read(Database data, Arguments given) {
        if (!given.take("GROUP")) {
            throw given.syntax();
        }
        String name = given.next();
        String consumer = given.next();
        long most = given.take("COUNT") ? given.whole() : -1;
        if (given.take("BLOCK")) {
            given.next();
        }
        if (!given.take("STREAMS")) {
            throw given.syntax();
        }
        List<String> words = given.rest();
        int streams = words.size() / 2;
        for (int i = 0; i < streams; i++) {
            group(data, words.get(i), name);
        }
        List<Object> found = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            Log log = data.get(words.get(i), Log.class);
            List<Object> some = take(data, log, log.groups.get(name), consumer, most);
            if (!some.isEmpty()) {
                found.add(List.of(words.get(i), some));
            }
        }
        return found.isEmpty() ? null : found;
    }

    /** What nobody got so far. */
    private static List<Object> take(Database data, Log log, Group group, String consumer, long most) {
        NavigableMap<Id, List<String>> fresh = log.entries.tailMap(group.delivered, false);
        List<Object> some = new ArrayList<>();
        for (Map.Entry<Id, List<String>> entry : fresh.entrySet()) {
            if (some.size() == most) {
                break;
            }
            Id id = entry.getKey();
            group.consumers.put(consumer, data.now());
            boolean isCounted = group.read != Group.UNKNOWN;
            Long estimate = isCounted ? null : Group.estimate(log, id);
            group.delivered = id;
            group.read = isCounted ? group.read + 1 : estimate == null ? Group.UNKNOWN : estimate;
            group.pending.put(id, new Group.Pending(consumer, data.now(), 1));
            some.add(Log.entry(id, entry.getValue()));
        }
        return some;
    }

    private static Object pending(Database data, Arguments given) {
        Group group = group(data, given.next(), given.next());
        List<Object> all = new ArrayList<>();
        if (!given.hasMore()) {
            boolean none = group.pending.isEmpty();
            all.add((long) group.pending.size());
            all.add(none ? null : group.pending.firstKey().toString());
            all.add(none ? null : group.pending.lastKey().toString());
            List<Object> counts = new ArrayList<>();
            group.pendingByConsumer().forEach((name, count) -> counts.add(List.of(name, Long.toString(count))));
            all.add(none ? null : counts);
            return all;
        }
        Id from = Id.from(given.next());
        Id to = Id.to(given.next());
        long most = given.whole();
        String consumer = given.hasMore() ? given.next() : null;
        for (Map.Entry<Id, Group.Pending> each :
                group.pending.subMap(from, true, to, true).entrySet()) {
            Group.Pending one = each.getValue();
            if (all.size() < most && (consumer == null || consumer.equals(one.consumer))) {
                all.add(List.of(each.getKey().toString(), one.consumer, Math.max(0, data.now() - one.at), one.times));
            }
        }
        return all;
    }
}
