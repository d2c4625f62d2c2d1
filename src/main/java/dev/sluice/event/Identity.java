package dev.sluice.event;

import org.jspecify.annotations.Nullable;

/**
 * What makes a repetition of an event the same event.
 *
 * @param key    whose name it is, and the name: of two events with one key only the first is stored
 * @param group  the request that the name was given to, which is the key of its first event; or the key itself. A request
 *               whose name is taken is stored whole or not at all
 * @param digest of what was sent under the name: with another digest it is another event under a name that is taken; null
 *               where the name alone decides
 */
public record Identity(String key, String group, @Nullable String digest) {
    /** Of an event that names itself. */
    public static Identity of(String key) {
        return new Identity(key, key, null);
    }

    /** Whether both are of one request. */
    public boolean isBeside(Identity other) {
        return digest != null && digest.equals(other.digest) && group.equals(other.group);
    }
}
