package dev.sluice.tail;

import dev.sluice.tail.TailLine.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a listener wants. Null is anything.
 *
 * @param type of the event
 */
record TailFilter(
        Set<Kind> kinds,
        @Nullable String tenant,
        @Nullable String webhook,
        @Nullable String type) {
    TailFilter {
        kinds = Set.copyOf(kinds);
    }

    boolean wants(TailLine line) {
        return line.kind() == Kind.MISSED
                || (kinds.contains(line.kind())
                        && (tenant == null || tenant.equals(line.tenant()))
                        && (webhook == null || webhook.equals(line.webhook()))
                        && (type == null || type.equals(line.type())));
    }
}
