package dev.sluice.tail;

import dev.sluice.tail.TailLine.Kind;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a listener wants. Null is anything.
 *
 * @param type of the event
 * @param sees what the listener may see at all
 */
record TailFilter(
        Set<Kind> kinds,
        @Nullable String tenant,
        @Nullable String webhook,
        @Nullable String type,
        Predicate<TailLine> sees) {
    TailFilter {
        kinds = Set.copyOf(kinds);
    }

    boolean wants(TailLine line) {
        return line.kind() == Kind.MISSED
                || (kinds.contains(line.kind())
                        && (tenant == null || tenant.equals(line.tenant()))
                        && (webhook == null || webhook.equals(line.webhook()))
                        && (type == null || type.equals(line.type()))
                        && sees.test(line));
    }
}
