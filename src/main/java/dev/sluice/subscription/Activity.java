package dev.sluice.subscription;

import org.jspecify.annotations.Nullable;

/**
 * Whether a webhook gets events, and whether they are sent.
 *
 * @param enabled        false: events that come are not for it; what it got before waits
 * @param paused         true: it gets events, and all of them wait until it is resumed
 * @param disabledReason why Sluice disabled it, or null if a person did or it is enabled
 * @param unreadable     see {@link Webhook#unreadable()}
 */
public record Activity(
        boolean enabled, boolean paused, @Nullable String disabledReason, Webhook.@Nullable Unreadable unreadable) {
    public static final Activity ON = new Activity(true, false, null);

    public Activity(boolean enabled, boolean paused, @Nullable String disabledReason) {
        this(enabled, paused, disabledReason, null);
    }

    /** As Sluice does it by itself. */
    public Activity disabled(String reason) {
        return new Activity(false, paused, reason);
    }
}
