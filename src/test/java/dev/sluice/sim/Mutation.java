package dev.sluice.sim;

/**
 * A fault put in on purpose, most into a script, which simulations must find. One that is not found says that the simulation does not look
 * there, or that nothing depends on what was changed.
 */
enum Mutation {
    NONE,
    /** Not of a script: lanes act on leases and lives that are over. */
    NOBODY_ASKS_FOR_THE_EPOCH,
    /** Nor is this: what a lane allowed goes out, however late it comes to the wire. */
    NOBODY_ASKS_BEFORE_THE_WIRE,
    /** Nor this: producers are told that an event is stored which no replica has. */
    A_PROMISE_IS_MADE_WITHOUT_REPLICAS,
    /** Nor this: no pod hears for how long an endpoint wants to be left alone. */
    RETRY_AFTER_IS_NOT_HEARD,
    ANYBODY_READS_UNDER_A_LEASE("~= ARGV[1] then\n  return {}", "== '' then\n  return {}"),
    A_LEASE_IS_TAKEN_THOUGH_IT_IS_HELD(
            "ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0", "ARGV[1], 'PX', ARGV[2]) and 1 or 0"),
    WHAT_IS_PARKED_AGAIN_IS_ENTERED_AGAIN(
            "return seen[1] == fence and not seen[2] and 'known'",
            "return fence == '-1' and 'new' or seen[1] == fence and not seen[2] and 'known'"),
    A_PURGE_LEAVES_BODIES("redis.call('ZREM', due, id)\n  letGo(body, id)", "redis.call('ZREM', due, id)"),
    WHAT_IS_SETTLED_AGAIN_STAYS_PENDING(
            "return #ids > 0 and redis.call('XACK', KEYS[2], ARGV[2], unpack(ids)) or 0", "return 0"),
    A_NEW_HOLDER_SKIPS_WHAT_IS_PENDING("if last and last ~= position then", "if false then"),
    NOBODY_SAYS_WHICH_KEYS_WAIT("return {0, redis.call('SMEMBERS', KEYS[1])}", "return {0, {}}"),
    WHAT_IS_PARKED_IS_NOT_PLANNED("redis.call('ZADD', wake, math.max(at, now + pause), lane)", "local _ = pause"),
    A_FINISHED_DELIVERY_STAYS(
            "if standing(id, fence) == 'known' then\n    changed = forget",
            "if standing(id, fence) == 'never' then\n    changed = forget"),
    A_BODY_STAYS_WHEN_ITS_LAST_DELIVERY_ENDS("redis.call('UNLINK', key, holders)", "local _ = holders"),
    A_BODY_RUNS_OUT_BEFORE_ITS_DELIVERIES("redis.call('PERSIST', key)", "local _ = key"),
    A_CLAIM_LEASES_NOTHING("redis.call('ZADD', due, now + lease + hand, id)", "local _ = hand"),
    TOKENS_ARE_NOT_REMEMBERED(
            "local ahead = math.max(0, tonumber(redis.call('GET', KEYS[1]) or now) - now)", "local ahead = 0"),
    TRIMMING_FORGETS_WHO_READS("if before(floor, cut) then", "if false then"),
    THE_NEXT_OF_A_CHAIN_IS_FORGOTTEN("redis.call('ZADD', due, turn(next), next)", "local _ = next"),
    THE_DEAD_ARE_KEPT_FOR_EVER(
            "redis.call('PEXPIRE', key, retention)\n  redis.call('ZADD', dead", "redis.call('ZADD', dead"),
    THE_DEAD_ARE_NOT_LISTED("redis.call('ZADD', dead, now, id)", "local _ = id"),
    CHANGES_OF_WEBHOOKS_ARE_NOT_TOLD("pairs[#pairs + 1] = {id, forms[i]}", "local _ = id"),
    LANES_THAT_ARE_DUE_ARE_NOT_TOLD("kind[#kind + 1] = ripe[i]", "local _ = kind"),
    ALL_OF_A_CHAIN_ARE_DUE("first and at or NEVER, id)", "at, id)"),
    BYTES_ARE_NOT_TAKEN_BACK("redis.call('HINCRBY', backlog, 'bytes', -tonumber(seen[1] or 0))", "local _ = seen"),
    WHAT_FAILED_FIRST_IS_DUE_AT_ONCE("enter(id, after(wait, id), it.key", "enter(id, now, it.key"),
    WHAT_FAILED_AGAIN_IS_DUE_AT_ONCE("again(id, after(delay, id), seen[2]", "again(id, now, seen[2]");

    private final String before;
    private final String after;

    /** Of no script. */
    Mutation() {
        this("", "");
    }

    Mutation(String before, String after) {
        this.before = before;
        this.after = after;
    }

    boolean isOfScript() {
        return !before.isEmpty();
    }

    boolean changes(String script) {
        return script.contains(before);
    }

    String ofScript(String script) {
        return isOfScript() ? script.replace(before, after) : script;
    }
}
