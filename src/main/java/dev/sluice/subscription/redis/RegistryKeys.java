package dev.sluice.subscription.redis;

import dev.sluice.redis.Keys;
import java.util.List;

/** The names of the registry's keys. All of one tenant are in one slot. */
final class RegistryKeys {
    /** Stream, capped: which webhook of which tenant changed. */
    static final String CHANGES = Keys.PREFIX + "changes";

    private RegistryKeys() {}

    /** Hash: id, stored form. */
    static String webhooks(String tenant) {
        return Keys.PREFIX + "{t:" + tenant + "}:webhooks";
    }

    /** Counter: one more for each change; it goes with the last webhook. */
    static String version(String tenant) {
        return Keys.PREFIX + "{t:" + tenant + "}:version";
    }

    /** Stream, capped: the id of the webhook that changed; the entry's id is the version that the change made. */
    static String changes(String tenant) {
        return Keys.PREFIX + "{t:" + tenant + "}:changes";
    }

    static List<String> ofScript(String tenant) {
        return List.of(webhooks(tenant), version(tenant), changes(tenant));
    }
}
