package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.subscription.Activity;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Pacing.Ordering;
import dev.sluice.subscription.Patterns;
import dev.sluice.subscription.Shape;
import dev.sluice.subscription.Subscription;
import dev.sluice.subscription.Target;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.Webhook.Unreadable;
import dev.sluice.subscription.filter.Filter;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a webhook whose stored form cannot be read as a whole: enough to know which events wait for it. Where it
 * cannot be told, it gets too many events rather than too few, and keeps their order.
 */
final class Remains {
    private static final URI NOWHERE = URI.create("http://unreadable.invalid/");

    private final JsonObject json;
    private boolean isSubscriptionKnown = true;

    private Remains(JsonObject json) {
        this.json = json;
    }

    static Webhook of(String tenant, String id, String stored, String reason) {
        return new Remains(object(stored)).webhook(tenant, id, reason);
    }

    private static JsonObject object(String stored) {
        try {
            return new JsonObject(stored);
        } catch (RuntimeException noObject) {
            return new JsonObject();
        }
    }

    private Webhook webhook(String tenant, String id, String reason) {
        Subscription subscription = subscription();
        Target target = new Target(
                value("url", String.class).map(Remains::uri).orElse(NOWHERE),
                List.of(),
                null,
                List.of(),
                null,
                Duration.ofSeconds(1),
                null);
        return new Webhook(
                id,
                tenant,
                value("version", Number.class).map(Number::longValue).orElse(0L),
                value("name", String.class).orElse(id),
                new Activity(
                        value("enabled", Boolean.class).orElse(true),
                        value("paused", Boolean.class).orElse(false),
                        value("disabledReason", String.class).orElse(null),
                        new Unreadable(reason, isSubscriptionKnown)),
                subscription,
                target,
                Shape.USUAL,
                pacing(),
                instant("createdAt"),
                instant("updatedAt"));
    }

    private Subscription subscription() {
        isSubscriptionKnown = !json.isEmpty();
        Optional<Subscription> whole = part(SubscriptionForm::read);
        if (whole.isPresent()) {
            return whole.get();
        }
        isSubscriptionKnown = false;
        return new Subscription(
                part(form -> Optional.ofNullable(SubscriptionForm.source(form.member("source"))))
                        .flatMap(Function.identity())
                        .orElse(null),
                part(form -> SubscriptionForm.eventTypes(form.member("eventTypes")))
                        .orElse(List.of(Patterns.REST)),
                part(form -> Optional.<Filter>ofNullable(FilterForm.read(form.member("filter"))))
                        .flatMap(Function.identity())
                        .orElse(null));
    }

    private Pacing pacing() {
        int usual = WebhookRules.DEFAULT.maxInFlight();
        return part(form -> PacingForm.read(form, WebhookRules.DEFAULT)).orElseGet(() -> {
            boolean hasNone = "none".equals(json.getValue("ordering"));
            return new Pacing(usual, null, null, hasNone ? Ordering.NONE : Ordering.KEY, null);
        });
    }

    private <T> Optional<T> part(Function<Field, T> reader) {
        Field form = Field.root(json);
        try {
            T read = reader.apply(form);
            return form.errors().isEmpty() ? Optional.of(read) : Optional.empty();
        } catch (RuntimeException broken) {
            return Optional.empty();
        }
    }

    private <T> Optional<T> value(String name, Class<T> type) {
        Object value = json.getValue(name);
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    private static @Nullable URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }

    private Instant instant(String name) {
        try {
            return Instant.parse(String.valueOf(json.getValue(name)));
        } catch (RuntimeException broken) {
            return Instant.EPOCH;
        }
    }
}
