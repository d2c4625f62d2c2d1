package dev.sluice.source.redis;

import dev.sluice.fault.AgainEach;
import dev.sluice.fault.Unreadables;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.source.RefusedRequest;
import dev.sluice.source.Sightings;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts in memory, and adds to Redis once a second. What Redis did not take is added the next time; beyond
 * {@value #MOST_HELD} kinds new ones are not counted.
 *
 * <p>{@link Sightings} and {@link #stop} may be called from any thread, {@link #start} once and before, from the context
 * that owns the timers.
 */
public final class RedisSightings implements Sightings {
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final Duration KEEP = Duration.ofDays(90);
    private static final Script SEEN = Script.load("lua/source-seen.lua");
    private static final int MOST_HELD = 20_000;
    private static final int MAX_TYPE = 256;

    private static final String TYPE = "t:";
    private static final String RULE = "r:";
    private static final String WHOLE = "";
    private static final String OTHERS = "others";
    private static final String REFUSED = "refused";
    private static final String DENIED = "denied";

    private final RedisLink link;
    private final Timers timers;
    private final AgainEach writes;
    private final Unreadables unreadable;
    private final Map<Key, Count> counts = new ConcurrentHashMap<>();
    private final RedisRefusals refusals;

    private volatile Timers.@Nullable Timer flushing;

    /** @param kind of what is counted, as the script knows it */
    private record Key(String source, String kind, String name) {
        String field() {
            return kind + name;
        }
    }

    private record Count(long kept, long dropped) {
        static Count sum(Count one, Count other) {
            return new Count(one.kept + other.kept, one.dropped + other.dropped);
        }
    }

    public RedisSightings(RedisLink link, Timers timers) {
        this.link = link;
        this.timers = timers;
        this.writes = link.faults().each("count what sources send", timers);
        this.unreadable = link.faults().unreadable("count of what a source sends");
        this.refusals = new RedisRefusals(link, unreadable);
    }

    public void start() {
        flushing = timers.every(FLUSH, this::flush);
    }

    /** Writes what is left. */
    public Future<Void> stop() {
        Timers.Timer started = flushing;
        if (started != null) {
            started.cancel();
        }
        return flush();
    }

    @Override
    public void kept(String source, String type) {
        add(ofType(source, type), new Count(1, 0));
    }

    @Override
    public void dropped(String source, String type) {
        add(ofType(source, type), new Count(0, 1));
    }

    @Override
    public void refused(String source) {
        add(new Key(source, WHOLE, REFUSED), new Count(0, 1));
    }

    @Override
    public void refused(String source, Supplier<RefusedRequest> request) {
        refusals.add(source, request);
    }

    @Override
    public Future<List<RefusedRequest>> refusals(String source) {
        return refusals.of(source);
    }

    @Override
    public void denied(String source) {
        add(new Key(source, WHOLE, DENIED), new Count(0, 1));
    }

    @Override
    public void ruled(String source, Set<String> matched, Set<String> unmatched) {
        matched.forEach(rule -> add(new Key(source, RULE, rule), new Count(1, 0)));
        unmatched.forEach(rule -> add(new Key(source, RULE, rule), new Count(0, 1)));
    }

    private static Key ofType(String source, String type) {
        return type.length() > MAX_TYPE ? new Key(source, WHOLE, OTHERS) : new Key(source, TYPE, type);
    }

    private void add(Key key, Count count) {
        if (counts.size() < MOST_HELD || counts.containsKey(key)) {
            counts.merge(key, count, Count::sum);
        }
    }

    /** One call for each source that something came from. */
    Future<Void> flush() {
        Map<String, List<Key>> bySource = new HashMap<>();
        counts.keySet()
                .forEach(key -> bySource.computeIfAbsent(key.source(), first -> new ArrayList<>())
                        .add(key));
        List<Future<Void>> writes = new ArrayList<>();
        writes.add(refusals.flush().otherwiseEmpty());
        bySource.forEach((source, keys) -> writes.add(write(source, keys)));
        return Future.join(writes).mapEmpty();
    }

    private Future<Void> write(String source, List<Key> keys) {
        Map<Key, Count> taken = new HashMap<>();
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(MOST_TYPES));
        arguments.add(Integer.toString(MOST_RULES));
        arguments.add(Long.toString(KEEP.toSeconds()));
        for (Key key : keys) {
            Count count = counts.remove(key);
            if (count != null) {
                taken.put(key, count);
                arguments.add(key.field());
                arguments.add(Long.toString(count.kept()));
                arguments.add(Long.toString(count.dropped()));
            }
        }
        return writes.watch(
                        source,
                        link.call(SEEN.on(Keys.seen(source), Keys.ruled(source)).with(arguments)))
                .onFailure(away -> taken.forEach(this::add))
                .mapEmpty();
    }

    @Override
    public Future<Seen> of(String source) {
        Future<Response> seen = read(Keys.seen(source));
        Future<Response> ruled = read(Keys.ruled(source));
        return Future.all(seen, ruled).map(both -> seen(source, seen.result(), rules(source, ruled.result())));
    }

    private Future<Response> read(String key) {
        return link.send(Request.cmd(Command.HGETALL).arg(key));
    }

    private List<Rule> rules(String source, Response stored) {
        List<Rule> rules = new ArrayList<>();
        for (String rule : stored.getKeys()) {
            Type counted = unreadable.read(
                    source + "/" + rule, () -> type(rule, stored.get(rule).toString()));
            if (counted != null) {
                rules.add(new Rule(rule, counted.kept(), counted.dropped()));
            }
        }
        return rules;
    }

    private Seen seen(String source, Response stored, List<Rule> rules) {
        List<Type> types = new ArrayList<>();
        long refused = 0;
        Instant lastRefused = null;
        long others = 0;
        long denied = 0;
        Instant lastDenied = null;
        for (String field : stored.getKeys()) {
            Type seen = unreadable.read(
                    source + "/" + field, () -> type(field, stored.get(field).toString()));
            if (seen == null) {
                continue;
            }
            if (field.equals(REFUSED)) {
                refused = seen.dropped();
                lastRefused = seen.lastAt();
            } else if (field.equals(DENIED)) {
                denied = seen.dropped();
                lastDenied = seen.lastAt();
            } else if (field.equals(OTHERS)) {
                others = seen.kept() + seen.dropped();
            } else if (field.startsWith(TYPE)) {
                types.add(seen);
            }
        }
        types.sort(Comparator.comparing(Type::type));
        return new Seen(types, refused, lastRefused, others, denied, lastDenied, rules);
    }

    /** A newer version may count more behind these. */
    private static Type type(String field, String counts) {
        String[] value = counts.split(" ", -1);
        return new Type(
                field.startsWith(TYPE) ? field.substring(TYPE.length()) : field,
                Long.parseLong(value[0]),
                Long.parseLong(value[1]),
                Instant.ofEpochMilli(Long.parseLong(value[2])));
    }
}
