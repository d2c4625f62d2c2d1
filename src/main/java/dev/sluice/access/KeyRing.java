package dev.sluice.access;

import dev.sluice.config.AccessConfig;
import dev.sluice.http.Problem;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Every key that is good in this pod, as a snapshot that is replaced whole. Any thread; never waits.
 *
 * <p>Reads of the store may finish in another order than they began. Each takes a turn before it begins, and one that
 * began before the read now in force is ignored: so a key that was deleted here does not come back.
 */
public final class KeyRing {
    /** Each pod holds all stored keys, and reads them anew when one changes. */
    public static final int MOST = 10_000;

    private static final String ADMIN_KEY_NAME = "access.adminKey";

    private final @Nullable Entry adminKey;
    private final AtomicLong turns = new AtomicLong();
    private final AtomicReference<Snapshot> snapshot;

    public KeyRing(AccessConfig config) {
        String token = config.adminKey();
        adminKey = token == null
                ? null
                : new Entry(TokenHash.of(token), new Caller(ADMIN_KEY_NAME, ADMIN_KEY_NAME, Role.ADMIN, null, null));
        snapshot = new AtomicReference<>(new Snapshot(0, entries(List.of()), 0, false, false));
    }

    /** Takes the number of a read; call it before reading. */
    public long turn() {
        return turns.incrementAndGet();
    }

    /**
     * Puts in force what the read with this turn found.
     *
     * @param stored how many keys the store holds: one that cannot be read lets nobody in, but is a key
     */
    public void replace(long turn, Collection<ApiKey> keys, int stored) {
        Map<Long, Entry> entries = entries(keys);
        boolean none = entries.isEmpty() && stored == 0;
        snapshot.updateAndGet(old -> {
            boolean mayOpen = old.turn() == 0 ? none : old.mayOpen();
            return turn < old.turn() ? old : new Snapshot(turn, entries, stored, none, mayOpen);
        });
    }

    /**
     * Fails with a {@link dev.sluice.http.ProblemException} 409 {@code too-many-keys} where one more may not be stored. Pods
     * that add keys within the same second may together take a few more.
     */
    public Future<Void> room() {
        int stored = now().stored();
        return stored < MOST
                ? Future.succeededFuture()
                : Future.failedFuture(Problem.of(
                                409,
                                "too-many-keys",
                                "There are too many keys",
                                "%d API keys are stored (expected: at most %d with the new one; delete some)"
                                        .formatted(stored, MOST))
                        .asException());
    }

    /** The holder of the token, or null if it is no key of ours. */
    public @Nullable Caller authenticate(String token) {
        byte[] hash = TokenHash.of(token);
        Entry entry = now().entries().get(TokenHash.prefix(hash));
        return entry != null && MessageDigest.isEqual(entry.hash, hash) ? entry.caller : null;
    }

    /** Whether the key is there. */
    boolean holds(String keyId) {
        return now().entries().values().stream().anyMatch(entry -> entry.caller.isOf(keyId));
    }

    /** False until the store has been read once: then only the configured key is known. */
    public boolean isLoaded() {
        return now().turn() > 0;
    }

    /** There is no key at all, and there was none when the store was first read: everybody is admin. */
    public boolean isOpen() {
        Snapshot now = now();
        return now.mayOpen() && now.none();
    }

    /** Whether a key is configured or stored. */
    public boolean holdsKeys() {
        return !now().none();
    }

    /** Whether {@link #isOpen} would follow if all stored keys were deleted. */
    public boolean mayOpen() {
        return now().mayOpen();
    }

    public boolean hasAdminKey() {
        return adminKey != null;
    }

    private Snapshot now() {
        return Objects.requireNonNull(snapshot.get());
    }

    /** Two tokens whose hashes begin alike (one pair in 2^64) shut each other out; they never let each other in. */
    private Map<Long, Entry> entries(Collection<ApiKey> keys) {
        Map<Long, Entry> entries = new HashMap<>();
        for (ApiKey key : keys) {
            byte[] hash = HexFormat.of().parseHex(key.hash());
            entries.put(TokenHash.prefix(hash), new Entry(hash, key.caller()));
        }
        if (adminKey != null) {
            entries.put(TokenHash.prefix(adminKey.hash), adminKey);
        }
        return entries;
    }

    private static final class Entry {
        private final byte[] hash;
        private final Caller caller;

        private Entry(byte[] hash, Caller caller) {
            this.hash = hash;
            this.caller = caller;
        }
    }

    private record Snapshot(long turn, Map<Long, Entry> entries, int stored, boolean none, boolean mayOpen) {}
}
