package dev.sluice.memory;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a pod holds of its memory for one purpose, as it is seen from outside. Any thread.
 *
 * @param most     bytes
 * @param held     bytes at this moment
 * @param refusals how often there was no room, since the pod started; null where nobody is refused
 */
public record Purpose(
        String name, long most, LongSupplier held, @Nullable LongSupplier refusals) {
    public static Purpose of(String name, Quota quota) {
        return new Purpose(name, quota.most(), quota::held, quota::refusals);
    }

    /** Of which more than there is room for is not asked for: whoever would hold it looks first, so it is never short. */
    public static Purpose asked(String name, long most, LongSupplier held) {
        return new Purpose(name, most, held, null);
    }
}
