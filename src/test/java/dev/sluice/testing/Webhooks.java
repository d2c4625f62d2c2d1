package dev.sluice.testing;

import dev.sluice.subscription.Activity;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Pacing.Coalesce;
import dev.sluice.subscription.Pacing.Ordering;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.subscription.Pacing.Retry;
import dev.sluice.subscription.Shape;
import dev.sluice.subscription.Subscription;
import dev.sluice.subscription.Target;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Target.SigningKey;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.filter.Filter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Webhooks for tests, from a plain one by small changes. */
public final class Webhooks {
    public static final Instant CREATED = Instant.parse("2026-11-21T10:00:00Z");
    public static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private Webhooks() {}

    /** Enabled, of tenant {@code default}, for any source, one signing key, wants {@code eventTypes}. */
    public static Webhook webhook(String id, String... eventTypes) {
        Target target = new Target(
                URI.create("https://receiver.example/" + id),
                List.of(),
                null,
                List.of(new SigningKey(KEY, null)),
                null,
                Duration.ofSeconds(15),
                null);
        return new Webhook(
                id,
                "default",
                1,
                "receiver.example",
                Activity.ON,
                new Subscription(null, List.of(eventTypes)),
                target,
                Shape.USUAL,
                new Pacing(16, null, null, Ordering.NONE, null),
                CREATED,
                CREATED);
    }

    /** So many patterns, no two alike. */
    public static String[] patterns(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a" + i).toArray(String[]::new);
    }

    public static Webhook ofTenant(Webhook webhook, String tenant) {
        return copy(webhook, tenant, webhook.version(), webhook.name(), webhook.activity(), webhook.subscription());
    }

    public static Webhook ofSource(Webhook webhook, @Nullable String source) {
        Subscription old = webhook.subscription();
        return with(webhook, new Subscription(source, old.eventTypes(), old.filter()));
    }

    public static Webhook withFilter(Webhook webhook, @Nullable Filter filter) {
        Subscription old = webhook.subscription();
        return with(webhook, new Subscription(old.source(), old.eventTypes(), filter));
    }

    private static Webhook with(Webhook webhook, Subscription subscription) {
        return copy(webhook, webhook.tenant(), webhook.version(), webhook.name(), webhook.activity(), subscription);
    }

    public static Webhook disabled(Webhook webhook) {
        return active(webhook, new Activity(false, false, null));
    }

    public static Webhook paused(Webhook webhook) {
        return active(webhook, new Activity(true, true, null));
    }

    public static Webhook active(Webhook webhook) {
        return active(webhook, Activity.ON);
    }

    /** As a pod has it that cannot read its stored form. */
    public static Webhook unreadable(Webhook webhook, boolean isSubscriptionKnown) {
        return active(
                webhook,
                new Activity(true, false, null, new Webhook.Unreadable("of another key", isSubscriptionKnown)));
    }

    private static Webhook active(Webhook webhook, Activity activity) {
        return copy(webhook, webhook.tenant(), webhook.version(), webhook.name(), activity, webhook.subscription());
    }

    /** With the next version. */
    public static Webhook renamed(Webhook webhook, String name) {
        return copy(webhook, webhook.tenant(), webhook.version() + 1, name, webhook.activity(), webhook.subscription());
    }

    public static Webhook nextVersion(Webhook webhook) {
        return renamed(webhook, webhook.name());
    }

    public static Webhook withHeaders(Webhook webhook, Header... headers) {
        Target old = webhook.target();
        return with(
                webhook,
                new Target(
                        old.url(),
                        List.of(headers),
                        old.auth(),
                        old.keys(),
                        old.tls(),
                        old.timeout(),
                        old.bodyHeader()));
    }

    /** To another URL. */
    public static Webhook moved(Webhook webhook, String url) {
        Target old = webhook.target();
        return with(
                webhook,
                new Target(
                        URI.create(url),
                        old.headers(),
                        old.auth(),
                        old.keys(),
                        old.tls(),
                        old.timeout(),
                        old.bodyHeader()));
    }

    public static Webhook withMaxInFlight(Webhook webhook, int maxInFlight) {
        Pacing old = webhook.pacing();
        return with(webhook, new Pacing(maxInFlight, old.rateLimit(), old.retry(), old.ordering(), old.coalesce()));
    }

    public static Webhook withRetry(Webhook webhook, Duration... delays) {
        Pacing old = webhook.pacing();
        Retry retry = new Retry(List.of(delays), 0);
        return with(webhook, new Pacing(old.maxInFlight(), old.rateLimit(), retry, old.ordering(), old.coalesce()));
    }

    public static Webhook withRateLimit(Webhook webhook, RateLimit limit) {
        Pacing old = webhook.pacing();
        return with(webhook, new Pacing(old.maxInFlight(), limit, old.retry(), old.ordering(), old.coalesce()));
    }

    /** Events of one key go out in order. */
    public static Webhook ordered(Webhook webhook) {
        Pacing old = webhook.pacing();
        return with(webhook, new Pacing(old.maxInFlight(), old.rateLimit(), old.retry(), Ordering.KEY, null));
    }

    public static Webhook withCoalesce(Webhook webhook, Coalesce coalesce) {
        Pacing old = webhook.pacing();
        return with(webhook, new Pacing(old.maxInFlight(), old.rateLimit(), old.retry(), Ordering.NONE, coalesce));
    }

    private static Webhook with(Webhook webhook, Target target) {
        return new Webhook(
                webhook.id(),
                webhook.tenant(),
                webhook.version(),
                webhook.name(),
                webhook.activity(),
                webhook.subscription(),
                target,
                webhook.shape(),
                webhook.pacing(),
                webhook.createdAt(),
                webhook.updatedAt());
    }

    public static Webhook transformed(Webhook webhook, String expression) {
        return with(webhook, new Shape(null, expression), webhook.pacing());
    }

    private static Webhook with(Webhook webhook, Pacing pacing) {
        return with(webhook, webhook.shape(), pacing);
    }

    private static Webhook with(Webhook webhook, Shape shape, Pacing pacing) {
        return new Webhook(
                webhook.id(),
                webhook.tenant(),
                webhook.version(),
                webhook.name(),
                webhook.activity(),
                webhook.subscription(),
                webhook.target(),
                shape,
                pacing,
                webhook.createdAt(),
                webhook.updatedAt());
    }

    private static Webhook copy(
            Webhook webhook, String tenant, long version, String name, Activity activity, Subscription subscription) {
        return new Webhook(
                webhook.id(),
                tenant,
                version,
                name,
                activity,
                subscription,
                webhook.target(),
                webhook.shape(),
                webhook.pacing(),
                webhook.createdAt(),
                webhook.updatedAt());
    }
}
