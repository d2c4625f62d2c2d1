package dev.sluice.sim.redis;

import dev.sluice.testing.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model of Redis is what Redis is: chance makes sequences of commands, and both must answer the same. */
class CommandsDifferentialTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private static final int SEQUENCES = Integer.getInteger("sim.sequences", 30);
    private static final int LENGTH = 120;

    private SplittableRandom random;
    private Pair pair;

    @Test
    void answersAsRedisWhateverTheSequenceOfCommands() {
        try (Wire wire = new Wire(REDIS.uri())) {
            for (int seed = 0; seed < SEQUENCES; seed++) {
                random = new SplittableRandom(seed);
                pair = new Pair(wire);
                List<Supplier<List<String>>> commands = commands();
                for (int i = 0; i < LENGTH; i++) {
                    pair.tell(commands.get(random.nextInt(commands.size())).get());
                }
                pair.compare();
            }
        }
    }

    private List<String> words(String... words) {
        List<String> all = new ArrayList<>();
        for (String word : words) {
            all.addAll(List.of(word.split(" ")));
        }
        return all;
    }

    /** Now and then of another type. */
    private String key(String kind) {
        return random.nextInt(40) == 0 ? pick("s", "h", "l", "z", "x") + "1" : kind + (1 + random.nextInt(3));
    }

    private String pick(String... some) {
        return some[random.nextInt(some.length)];
    }

    private String word() {
        return pick("a", "b", "c", "d\u00e9", "e");
    }

    private String number() {
        return String.valueOf(random.nextInt(-3, 6));
    }

    private String score() {
        return pick("0", "1", "1.5", "-2.25", "1732812345678.5", "inf", "+inf", "3", "1732812345678.625", "0.1");
    }

    private String bound() {
        return pick("", "(") + pick("-inf", "+inf", "0", "1", "1.5", "1732812345678.5", "3", "2");
    }

    private String id() {
        return (1 + random.nextInt(9)) + pick("-0", "-1", "-2", "");
    }

    private List<Supplier<List<String>>> commands() {
        List<Supplier<List<String>>> all = new ArrayList<>();
        all.add(() -> words("SET", key("s"), word(), pick("PX 900000", "NX", "KEEPTTL", "EX 900", "NX PX 900000")));
        all.add(() -> words("GET", key("s")));
        all.add(() -> words("GETDEL", key("s")));
        all.add(() -> words("INCRBY", key("n"), number()));
        all.add(() -> words("INCR", key("n")));
        all.add(() -> words(pick("DEL", "UNLINK", "EXISTS"), key("s"), key("z")));
        all.add(() -> words("PEXPIRE", key(pick("s", "h", "z")), pick("900000", "0", "-5")));
        all.add(() -> words(pick("PTTL", "TTL", "PERSIST"), key(pick("s", "h", "z", "l"))));
        all.add(() -> words("HSET", key("h"), word(), number(), word(), number()));
        all.add(() -> words(pick("HGET", "HDEL", "HEXISTS", "HSTRLEN"), key("h"), word()));
        all.add(() -> words("HMGET", key("h"), word(), word()));
        all.add(() -> words(pick("HGETALL", "HLEN", "HVALS"), key("h")));
        all.add(() -> words("HINCRBY", key("h"), word(), number()));
        all.add(() -> words("HSETNX", key("h"), word(), number()));
        all.add(() -> words("SADD", key("u"), word(), word()));
        all.add(() -> words("SREM", key("u"), word()));
        all.add(() -> words(pick("SMEMBERS", "SCARD"), key("u")));
        all.add(() -> words(pick("RPUSH", "LPUSH"), key("l"), word(), word()));
        all.add(() -> words(pick("RPOP", "LLEN"), key("l")));
        all.add(() -> words("LINDEX", key("l"), number()));
        all.add(() -> words(pick("LRANGE", "LTRIM"), key("l"), number(), number()));
        all.add(() -> words("LREM", key("l"), pick("0", "1", "2"), word()));
        sortedSets(all);
        streams(all);
        return all;
    }

    private void sortedSets(List<Supplier<List<String>>> all) {
        for (int twice = 0; twice < 2; twice++) {
            all.add(() -> words("ZADD", key("z"), score(), word(), score(), word()));
            all.add(() -> words("ZADD", key("z"), pick("XX", "NX", "GT", "XX GT"), score(), word()));
            all.add(() -> words("ZRANGE", key("z"), number(), number(), pick("WITHSCORES", "REV")));
            all.add(() -> words("ZRANGE", key("z"), bound(), bound(), "BYSCORE", pick("WITHSCORES", "LIMIT 0 2")));
            all.add(() -> words("ZRANGE", key("z"), bound(), bound(), "BYSCORE REV", pick("WITHSCORES", "LIMIT 1 2")));
            all.add(() -> words(pick("ZRANK", "ZREVRANK", "ZSCORE", "ZREM"), key("z"), word()));
        }
        all.add(() -> words("ZRANGEBYSCORE", key("z"), bound(), bound(), "WITHSCORES LIMIT", pick("0", "1"), "2"));
        all.add(() -> words(pick("ZCOUNT", "ZREMRANGEBYSCORE"), key("z"), bound(), bound()));
        all.add(() -> words("ZREMRANGEBYRANK", key("z"), number(), number()));
        all.add(() -> words("ZCARD", key("z")));
    }

    private void streams(List<Supplier<List<String>>> all) {
        for (int often = 0; often < 4; often++) {
            all.add(() -> words("XADD", key("x"), id(), "f", word()));
            all.add(() ->
                    words("XGROUP CREATE", key("x"), "g", pick("0", "$", "0 MKSTREAM ENTRIESREAD 0", "3 MKSTREAM")));
            all.add(() ->
                    words("XREADGROUP GROUP g", pick("c1", "c2"), "COUNT", pick("1", "2"), "STREAMS", key("x"), ">"));
        }
        all.add(() -> words("XADD", key("x"), "MAXLEN", "2", id(), "f", word()));
        all.add(() -> words("XREAD COUNT 2 STREAMS", key("x"), id()));
        all.add(() -> words("XACK", key("x"), "g", id(), id()));
        all.add(() -> words("XPENDING", key("x"), "g"));
        all.add(() -> words("XPENDING", key("x"), "g", pick("-", "(2", "3"), pick("+", "7"), "2", "c1"));
        all.add(() -> words("XCLAIM", key("x"), "g", pick("c1", "c3"), pick("0", "900000"), id(), id()));
        all.add(() -> words("XCLAIM", key("x"), "g", "c2", "0", id(), "IDLE 5000 JUSTID"));
        all.add(() -> words("XAUTOCLAIM", key("x"), "g", "c3", pick("0", "900000"), pick("0-0", "(2-0"), "COUNT 2"));
        all.add(() -> words("XINFO GROUPS", key("x")));
        all.add(() -> words("XINFO CONSUMERS", key("x"), "g"));
        all.add(() -> words("XGROUP DELCONSUMER", key("x"), "g", pick("c1", "c3")));
        all.add(() -> words(
                pick("XRANGE", "XREVRANGE"),
                key("x"),
                pick("-", "+", "(2", "4"),
                pick("+", "-", "7", "(8"),
                "COUNT 3"));
        all.add(() -> words("XTRIM", key("x"), "MINID", id()));
        all.add(() -> words("XLEN", key("x")));
    }
}
