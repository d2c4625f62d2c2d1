package dev.sluice.testing;

import dev.sluice.access.ApiKey;
import dev.sluice.access.KeyRing;
import dev.sluice.access.KeyStore;
import dev.sluice.access.Role;
import io.vertx.core.Future;
import java.util.List;
import java.util.TreeMap;

/** Keys of one process, held to the same contract as those in Redis. */
public final class InMemoryKeys implements KeyStore {
    private final TreeMap<String, ApiKey> keys = new TreeMap<>();
    private final KeyRing ring;

    public InMemoryKeys(KeyRing ring) {
        this.ring = ring;
        refill();
    }

    @Override
    public synchronized Future<List<ApiKey>> list() {
        return Future.succeededFuture(List.copyOf(keys.values()));
    }

    @Override
    public synchronized Future<Added> add(ApiKey key) {
        if (ring.room().failed()) {
            return ring.room().mapEmpty();
        }
        if (keys.isEmpty() && !ring.hasAdminKey() && key.role() != Role.ADMIN) {
            return Future.succeededFuture(Added.FIRST_MUST_BE_ADMIN);
        }
        keys.put(key.id(), key);
        refill();
        return Future.succeededFuture(Added.ADDED);
    }

    @Override
    public synchronized Future<Removed> remove(String id) {
        ApiKey key = keys.get(id);
        if (key == null) {
            return Future.succeededFuture(Removed.NO_SUCH_KEY);
        }
        long admins =
                keys.values().stream().filter(any -> any.role() == Role.ADMIN).count();
        boolean last = key.role() == Role.ADMIN && admins == 1 && !ring.hasAdminKey();
        if (last && (keys.size() > 1 || !ring.mayOpen())) {
            return Future.succeededFuture(Removed.LAST_ADMIN);
        }
        keys.remove(id);
        refill();
        return Future.succeededFuture(Removed.REMOVED);
    }

    private void refill() {
        ring.replace(ring.turn(), keys.values(), keys.size());
    }
}
