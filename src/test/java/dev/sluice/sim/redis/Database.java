package dev.sluice.sim.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The keys, with what they hold and when they run out, by a clock that others move. */
final class Database {
    private static final long NEVER = Long.MAX_VALUE;

    private final LongSupplier micros;
    private long grown;
    private final Map<String, Kept> keys = new HashMap<>();
    private final NavigableSet<String> inOrder = new TreeSet<>();

    Database(LongSupplier micros) {
        this.micros = micros;
    }

    private static final class Kept {
        Value value;
        long until;

        Kept(Value value, long until) {
            this.value = value;
            this.until = until;
        }
    }

    void grew() {
        grown++;
    }

    /** How often a stream did. */
    long grown() {
        return grown;
    }

    long micros() {
        return micros.getAsLong();
    }

    long now() {
        return micros.getAsLong() / 1000;
    }

    private Kept kept(String key) {
        Kept kept = keys.get(key);
        if (kept != null && kept.until < now()) {
            drop(key);
            return null;
        }
        return kept;
    }

    private void add(String key, Kept kept) {
        if (keys.put(key, kept) == null) {
            inOrder.add(key);
        }
    }

    private void drop(String key) {
        if (keys.remove(key) != null) {
            inOrder.remove(key);
        }
    }

    boolean has(String key) {
        return kept(key) != null;
    }

    /** Null if there is no such key. */
    <T extends Value> T get(String key, Class<T> type) {
        Kept kept = kept(key);
        if (kept == null) {
            return null;
        }
        if (!type.isInstance(kept.value)) {
            throw new Failure(Failure.WRONG_TYPE);
        }
        return type.cast(kept.value);
    }

    <T extends Value> T make(String key, Class<T> type, Supplier<T> fresh) {
        T known = get(key, type);
        if (known != null) {
            return known;
        }
        T made = fresh.get();
        add(key, new Kept(made, NEVER));
        return made;
    }

    /** @param keeps the time after which it runs out stays */
    void put(String key, Value value, boolean keeps) {
        Kept kept = keeps ? kept(key) : null;
        if (kept == null) {
            add(key, new Kept(value, NEVER));
        } else {
            kept.value = value;
        }
    }

    /** What holds nothing is not there. */
    void tidy(String key) {
        Kept kept = keys.get(key);
        if (kept != null && kept.value.isEmpty()) {
            drop(key);
        }
    }

    boolean remove(String key) {
        boolean was = kept(key) != null;
        drop(key);
        return was;
    }

    boolean expire(String key, long until) {
        Kept kept = kept(key);
        if (kept == null) {
            return false;
        }
        kept.until = until;
        if (until <= now()) {
            drop(key);
        }
        return true;
    }

    boolean persist(String key) {
        Kept kept = kept(key);
        boolean had = kept != null && kept.until != NEVER;
        if (had) {
            kept.until = NEVER;
        }
        return had;
    }

    /** In milliseconds; -1 without end, -2 if there is no such key. */
    long left(String key) {
        Kept kept = kept(key);
        if (kept == null) {
            return -2;
        }
        return kept.until == NEVER ? -1 : kept.until - now();
    }

    Class<?> type(String key) {
        Kept kept = kept(key);
        return kept == null ? null : kept.value.getClass();
    }

    /** In order. */
    List<String> names() {
        List<String> names = new ArrayList<>(inOrder);
        names.removeIf(key -> kept(key) == null);
        return names;
    }

    void clear() {
        keys.clear();
        inOrder.clear();
    }

    /** What a replica has at this moment. */
    Database copy() {
        Database copy = new Database(micros);
        keys.forEach((key, kept) -> copy.add(key, new Kept(kept.value.copy(), kept.until)));
        return copy;
    }

    void become(Database other) {
        clear();
        other.copy().keys.forEach(this::add);
    }
}
