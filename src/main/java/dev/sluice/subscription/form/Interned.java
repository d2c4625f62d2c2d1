package dev.sluice.subscription.form;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * One of all values that are equal, so that webhooks which have much in common share it. Any thread. Past
 * {@value #MOST} values the least used are no longer shared.
 */
final class Interned {
    private static final int MOST = 10_000;

    private final Cache<Object, Object> values =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    @SuppressWarnings("unchecked")
    <T> T one(T value) {
        return (T) values.get(value, same -> same);
    }
}
