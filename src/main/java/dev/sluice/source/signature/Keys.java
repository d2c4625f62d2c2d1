package dev.sluice.source.signature;

import java.security.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The secrets of a source as their algorithm takes them, read once. Equal if the secrets are. Immutable; any thread. */
public final class Keys {
    private final List<String> texts;
    private final List<Key> keys;

    Keys(List<String> texts, List<Key> keys) {
        this.texts = List.copyOf(texts);
        this.keys = List.copyOf(keys);
    }

    /** As they were given; of key pairs the public keys. */
    public List<String> texts() {
        return texts;
    }

    List<Key> keys() {
        return keys;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Keys that && texts.equals(that.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    @Override
    public String toString() {
        return "Keys[***]";
    }
}
