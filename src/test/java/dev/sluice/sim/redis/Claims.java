package dev.sluice.sim.redis;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Entries of a group that change hands. */
final class Claims {
    private static final Set<String> OPTIONS = Set.of("IDLE", "JUSTID");

    private Claims() {}

    static Object claim(Database data, Arguments given) {
        String key = given.next();
        Group group = Groups.group(data, key, given.next());
        String consumer = given.next();
        long idle = given.whole();
        List<String> words = given.rest();
        int ids = 0;
        while (ids < words.size() && !OPTIONS.contains(words.get(ids).toUpperCase(Locale.ROOT))) {
            Id.of(words.get(ids), 0);
            ids++;
        }
        if (ids == 0) {
            throw new Failure("ERR wrong number of arguments for 'xclaim' command");
        }
        Arguments options = new Arguments(words.subList(ids, words.size()));
        long at = data.now() - (options.take("IDLE") ? options.whole() : 0);
        boolean justId = options.take("JUSTID");
        List<Object> claimed = new ArrayList<>();
        Map<Id, List<String>> entries = data.get(key, Log.class).entries;
        for (String word : words.subList(0, ids)) {
            Id id = Id.of(word, 0);
            Group.Pending one = group.pending.get(id);
            if (one == null) {
                continue;
            }
            if (!entries.containsKey(id)) {
                group.pending.remove(id);
            } else if (data.now() - one.at >= idle) {
                group.consumers.put(consumer, data.now());
                claimed.add(give(id, one, consumer, at, justId, entries));
            }
        }
        return claimed;
    }

    private static Object give(
            Id id, Group.Pending one, String consumer, long at, boolean justId, Map<Id, List<String>> entries) {
        one.consumer = consumer;
        one.at = at;
        one.times += justId ? 0 : 1;
        return justId ? id.toString() : Log.entry(id, entries.get(id));
    }

    static Object autoClaim(Database data, Arguments given) {
        String key = given.next();
        Group group = Groups.group(data, key, given.next());
        String consumer = given.next();
        long idle = given.whole();
        Id from = Id.from(given.next());
        long most = given.take("COUNT") ? given.whole() : 100;
        boolean justId = given.take("JUSTID");
        Map<Id, List<String>> entries = data.get(key, Log.class).entries;
        List<Object> claimed = new ArrayList<>();
        List<Object> gone = new ArrayList<>();
        long looks = 10 * most;
        Id next = Id.FIRST;
        Iterator<Map.Entry<Id, Group.Pending>> each =
                group.pending.tailMap(from, true).entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Id, Group.Pending> known = each.next();
            if (looks-- == 0 || most == 0) {
                next = known.getKey();
                break;
            }
            Group.Pending one = known.getValue();
            if (!entries.containsKey(known.getKey())) {
                each.remove();
                gone.add(known.getKey().toString());
                most--;
            } else if (data.now() - one.at >= idle) {
                group.consumers.put(consumer, data.now());
                claimed.add(give(known.getKey(), one, consumer, data.now(), justId, entries));
                most--;
            }
        }
        return List.of(next.toString(), claimed, gone);
    }
}
