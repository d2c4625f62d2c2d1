package dev.sluice.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param id     of the key, or of what stands in its place; no two callers share one
 * @param name   the key's name, for logs
 * @param tenant the only tenant whose things it may see and send, or null for any
 * @param source the only source it may send as, or null for any
 * @param types  patterns of the types of the events that it may see and ask for; empty for any
 */
public record Caller(
        String id,
        String name,
        Role role,
        @Nullable String tenant,
        @Nullable String source,
        List<String> types) {
    /** Whoever it is, while there is no key at all. */
    public static final Caller ANYBODY = new Caller("open", "open", Role.ADMIN, null, null);

    public Caller {
        types = List.copyOf(types);
    }

    public Caller(String id, String name, Role role, @Nullable String tenant, @Nullable String source) {
        this(id, name, role, tenant, source, List.of());
    }

    /** Whether it is the holder of that key. An id is no secret. */
    boolean isOf(String keyId) {
        return id.equals(keyId);
    }
}
