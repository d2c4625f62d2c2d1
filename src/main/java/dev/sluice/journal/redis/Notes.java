package dev.sluice.journal.redis;

import dev.sluice.event.EntryRef;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries of this reader about which Redis has a note, so that the note goes with the entry. Confined to one loop. */
final class Notes {
    /** Those of entries that others settle are among them; a note that is forgotten here runs out. */
    private static final int MOST = 100_000;

    private final Map<EntryRef, String> keys = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<EntryRef, String> eldest) {
            return size() > MOST;
        }
    };

    void add(EntryRef ref, String key) {
        keys.put(ref, key);
    }

    /** The key of the note, which is remembered no more; null if there is none. */
    @Nullable
    String take(EntryRef ref) {
        return keys.remove(ref);
    }
}
