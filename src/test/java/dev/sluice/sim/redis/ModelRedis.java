package dev.sluice.sim.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * A Redis in this thread: what the commands promise that Sluice uses, and the scripts as they are, by an interpreter of Lua. Its
 * time is a parameter; nothing in it is left to chance. Whoever reads without waiting and whoever would wait get the same answer:
 * waiting is its caller's.
 */
public final class ModelRedis {
    private static final Map<String, Known> COMMANDS = new HashMap<>();
    private static final Set<String> ALWAYS = Set.of(
            "SET",
            "INCR",
            "INCRBY",
            "HSET",
            "HINCRBY",
            "RPUSH",
            "LPUSH",
            "LTRIM",
            "ZADD",
            "XADD",
            "XGROUP",
            "XREADGROUP",
            "XCLAIM",
            "XAUTOCLAIM",
            "FLUSHALL");
    private static final Set<String> IF_ANY = Set.of(
            "DEL",
            "UNLINK",
            "HDEL",
            "HSETNX",
            "ZREM",
            "ZREMRANGEBYSCORE",
            "SREM",
            "SADD",
            "LREM",
            "PEXPIRE",
            "EXPIRE",
            "PERSIST",
            "XACK",
            "XTRIM");

    static {
        Map<String, Handler> all = new HashMap<>();
        Strings.into(all);
        Fields.into(all);
        Members.into(all);
        Row.into(all);
        SortedSet.into(all);
        Log.into(all);
        Groups.into(all);
        all.forEach((name, handler) -> COMMANDS.put(name, Known.of(name, handler)));
    }

    /** A command that is simulated, and when it writes. */
    private record Known(Handler handler, boolean writesAlways, boolean writesIfAny) {
        static Known of(String name, Handler handler) {
            return new Known(handler, ALWAYS.contains(name), IF_ANY.contains(name));
        }

        boolean wrote(Object answer) {
            return writesAlways || (writesIfAny && !Long.valueOf(0).equals(answer));
        }
    }

    private final Database data;
    private final Scripts scripts;
    private String run = run(1);
    private long grown;
    private long commands;
    private long writes;

    /** @param micros its clock */
    public ModelRedis(LongSupplier micros) {
        this(micros, UnaryOperator.identity());
    }

    /** @param mutation what becomes of the source of each script that it is told */
    public ModelRedis(LongSupplier micros, UnaryOperator<String> mutation) {
        this.data = new Database(micros);
        this.scripts = new Scripts(mutation);
    }

    private static String run(long number) {
        return "%040x".formatted(number);
    }

    Database data() {
        return data;
    }

    /** It began anew: with what it had on its disk, and without scripts. */
    public void restart(long number) {
        scripts.forget();
        run = run(number);
    }

    /** What a replica of it has now. */
    public Replica replica() {
        return new Replica(data.copy());
    }

    /** A replica takes its place: what was written since is lost. */
    public void failOver(Replica replica, long number) {
        data.become(replica.data());
        restart(number);
    }

    /** Data as it was. */
    public record Replica(Database data) {
        @Override
        public String toString() {
            return "replica";
        }
    }

    public void forgetScripts() {
        scripts.forget();
    }

    /** How often something was written, as replicas are told it. */
    public long writes() {
        return writes;
    }

    /** Whether a stream grew since this was asked last, so that somebody may have waited for it. */
    public boolean takeGrown() {
        long before = grown;
        grown = data.grown();
        return grown != before;
    }

    /** The keys that are there, in order. */
    public List<String> keys() {
        return data.names();
    }

    /** In milliseconds; -1: for ever. */
    public long left(String key) {
        return data.left(key);
    }

    /** How many it was asked. */
    public long commands() {
        return commands;
    }

    /** Its answer, an error also where it is one. */
    public Object execute(List<String> words) {
        commands++;
        try {
            return run(words);
        } catch (Failure failure) {
            return new Reply.Refusal(failure.getMessage());
        }
    }

    /** What a script calls. */
    Object run(List<String> words) {
        String name = words.get(0);
        Arguments given = new Arguments(words, 1);
        Known known = COMMANDS.get(name);
        return known == null ? other(name.toUpperCase(Locale.ROOT), given) : run(known, given);
    }

    private Object run(Known known, Arguments given) {
        Object answer = known.handler().run(data, given);
        writes += known.wrote(answer) ? 1 : 0;
        return answer;
    }

    /** What is not about data, or not written in capitals. */
    private Object other(String name, Arguments given) {
        return switch (name) {
            case "EVALSHA" -> scripts.run(this, given);
            case "SCRIPT" -> scripts.manage(given);
            case "INFO" -> "# Server\r\nredis_version:7.0.15\r\nrun_id:" + run + "\r\n";
            default -> {
                Known known = COMMANDS.get(name);
                if (known == null) {
                    throw new Failure("ERR unknown command '" + name + "'");
                }
                yield run(known, given);
            }
        };
    }
}
