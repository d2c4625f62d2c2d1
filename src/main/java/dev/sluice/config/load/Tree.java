package dev.sluice.config.load;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings as they were written, before anybody asks what they mean. */
public sealed interface Tree {
    /** Where it was written: {@code file:line}, or the name of a variable. */
    String origin();

    /** Settings by name, in the order of the file. */
    record Branch(Map<String, Tree> children, String origin) implements Tree {}

    record Sequence(List<Tree> items, String origin) implements Tree {}

    /** A null text is a {@code null} in the file, or nothing after the colon. */
    record Leaf(@Nullable String text, String origin) implements Tree {}

    /** Whether nothing was written after the colon. */
    default boolean isNull() {
        return this instanceof Leaf leaf && leaf.text() == null;
    }
}
