package dev.sluice.e2e;

import dev.sluice.testing.RedisServer;
import org.awaitility.Awaitility;

/** What really is in Redis, asked past the client under test. */
final class RedisKeys {
    private static final String COUNT = "return #redis.call('KEYS', ARGV[1])";
    private static final String EVENTS = "local n = 0 "
            + "for _, key in ipairs(redis.call('KEYS', 'sluice:{*}:events')) do n = n + redis.call('XLEN', key) end "
            + "return n";
    /** Flattens every value of every type into text. */
    private static final String HOLDING =
            "local function holds(v) if type(v) == 'table' then for _, x in ipairs(v) do if holds(x) then return true end end"
                    + " return false end return string.find(tostring(v), ARGV[1], 1, true) ~= nil end "
                    + "local read = {string = {'GET'}, hash = {'HGETALL'}, list = {'LRANGE', 0, -1}, set = {'SMEMBERS'},"
                    + " zset = {'ZRANGE', 0, -1}, stream = {'XRANGE', '-', '+'}} "
                    + "local n = 0 for _, key in ipairs(redis.call('KEYS', '*')) do "
                    + "local c = read[redis.call('TYPE', key).ok] "
                    + "if holds(key) or holds(redis.call(c[1], key, unpack(c, 2))) then n = n + 1 end end return n";

    private RedisKeys() {}

    static void await(RedisServer redis, String pattern, int count) {
        Awaitility.await().until(() -> number(redis, COUNT, pattern) == count);
    }

    /** Events in all partitions. */
    static long events(RedisServer redis) {
        return number(redis, EVENTS, "");
    }

    /** How many keys hold the text, in their name or anywhere in their value. */
    static long holding(RedisServer redis, String text) {
        return number(redis, HOLDING, text);
    }

    private static long number(RedisServer redis, String script, String argument) {
        return Long.parseLong(redis.command("EVAL", script, "0", argument).substring(1));
    }
}
