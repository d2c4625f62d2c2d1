package dev.sluice.sim.redis;

import java.util.List;
import java.util.Map;

/** Commands on strings, and on keys of any kind. */
final class Strings {
    private Strings() {}

    static void into(Map<String, Handler> commands) {
        commands.put("GET", (data, given) -> text(data, given.next()));
        commands.put("STRLEN", (data, given) -> {
            String text = text(data, given.next());
            return text == null ? 0L : (long) text.length();
        });
        commands.put("SET", Strings::set);
        commands.put("GETDEL", (data, given) -> {
            String key = given.next();
            String was = text(data, key);
            data.remove(key);
            return was;
        });
        commands.put("INCR", (data, given) -> add(data, given.next(), 1));
        commands.put("INCRBY", (data, given) -> add(data, given.next(), given.whole()));
        commands.put("DEL", Strings::remove);
        commands.put("UNLINK", Strings::remove);
        commands.put(
                "EXISTS",
                (data, given) -> given.rest().stream().filter(data::has).count());
        commands.put("PEXPIRE", (data, given) -> expire(data, given.next(), given.whole()));
        commands.put("EXPIRE", (data, given) -> expire(data, given.next(), 1000 * given.whole()));
        commands.put("PERSIST", (data, given) -> data.persist(given.next()) ? 1L : 0L);
        commands.put("PTTL", (data, given) -> data.left(given.next()));
        commands.put("TTL", (data, given) -> {
            long left = data.left(given.next());
            return left < 0 ? left : (left + 500) / 1000;
        });
        commands.put("TIME", (data, given) -> {
            long now = data.micros();
            return List.of(Long.toString(now / 1_000_000), Long.toString(now % 1_000_000));
        });
        commands.put("FLUSHALL", (data, given) -> {
            data.clear();
            return Reply.OK;
        });
        commands.put("PING", (data, given) -> new Reply.Status("PONG"));
        commands.put("WAIT", (data, given) -> given.whole());
        commands.put("MEMORY", (data, given) -> memory(data, given));
    }

    private static String text(Database data, String key) {
        Text known = data.get(key, Text.class);
        return known == null ? null : known.text();
    }

    private static Object set(Database data, Arguments given) {
        String key = given.next();
        String text = given.next();
        boolean onlyNew = false;
        boolean keeps = false;
        long left = 0;
        while (given.hasMore()) {
            if (given.take("NX")) {
                onlyNew = true;
            } else if (given.take("KEEPTTL")) {
                keeps = true;
            } else if (given.take("PX")) {
                left = given.whole();
            } else if (given.take("EX")) {
                left = 1000 * given.whole();
            } else {
                throw given.syntax();
            }
            if (left < 0) {
                throw new Failure("ERR invalid expire time in 'set' command");
            }
        }
        if (onlyNew && data.has(key)) {
            return null;
        }
        data.put(key, new Text(text), keeps);
        if (left > 0) {
            data.expire(key, data.now() + left);
        }
        return Reply.OK;
    }

    private static Object add(Database data, String key, long more) {
        String was = text(data, key);
        long sum = (was == null ? 0 : Numbers.whole(was)) + more;
        data.put(key, new Text(Long.toString(sum)), true);
        return sum;
    }

    private static Object remove(Database data, Arguments given) {
        return given.rest().stream().filter(data::remove).count();
    }

    private static Object expire(Database data, String key, long left) {
        return data.expire(key, data.now() + left) ? 1L : 0L;
    }

    /** Not what Redis would say, but larger where there is more. */
    private static Object memory(Database data, Arguments given) {
        given.next();
        String key = given.next();
        if (!data.has(key)) {
            return null;
        }
        return data.type(key) == Log.class
                ? 500L + 200L * data.get(key, Log.class).size()
                : 100L;
    }
}
