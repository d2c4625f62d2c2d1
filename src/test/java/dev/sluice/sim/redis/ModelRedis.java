package dev.sluice.sim.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
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
    private static final Map<String, Handler> COMMANDS = new HashMap<>();
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
        Strings.into(COMMANDS);
        Fields.into(COMMANDS);
        Members.into(COMMANDS);
        Row.into(COMMANDS);
        SortedSet.into(COMMANDS);
        Log.into(COMMANDS);
        Groups.into(COMMANDS);
    }

    private final Database data;
    private final UnaryOperator<String> mutation;
    private final Map<String, String> scripts = new HashMap<>();
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
        this.mutation = mutation;
    }

    private static String run(long number) {
        return "%040x".formatted(number);
    }

    Database data() {
        return data;
    }

    /** It began anew: with what it had on its disk, and without scripts. */
    public void restart(long number) {
        scripts.clear();
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
        scripts.clear();
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
        String name = words.get(0).toUpperCase(Locale.ROOT);
        Arguments given = new Arguments(words.subList(1, words.size()));
        return switch (name) {
            case "EVALSHA" -> evaluate(given);
            case "SCRIPT" -> script(given);
            case "INFO" -> "# Server\r\nredis_version:7.0.15\r\nrun_id:" + run + "\r\n";
            default -> counted(name, handler(name).run(data, given));
        };
    }

    private Object counted(String name, Object answer) {
        boolean isWrite = ALWAYS.contains(name)
                || (IF_ANY.contains(name) && !Long.valueOf(0).equals(answer));
        writes += isWrite ? 1 : 0;
        return answer;
    }

    private static Handler handler(String name) {
        Handler handler = COMMANDS.get(name);
        if (handler == null) {
            throw new Failure("ERR unknown command '" + name + "'");
        }
        return handler;
    }

    private Object evaluate(Arguments given) {
        String source = scripts.get(given.next());
        if (source == null) {
            throw new Failure("NOSCRIPT No matching script. Please use EVAL.");
        }
        int keys = (int) given.whole();
        List<String> all = given.rest();
        return Lua.run(this, source, all.subList(0, keys), all.subList(keys, all.size()));
    }

    private Object script(Arguments given) {
        if (given.take("FLUSH")) {
            scripts.clear();
            return Reply.OK;
        }
        if (!given.take("LOAD")) {
            throw given.syntax();
        }
        String source = given.next();
        String sha = sha(source);
        scripts.put(sha, mutation.apply(source));
        return sha;
    }

    private static String sha(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
