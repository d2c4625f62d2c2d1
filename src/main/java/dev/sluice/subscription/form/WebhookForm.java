package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Shape;
import dev.sluice.subscription.Subscription;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a user can set, read from a request; every problem of the request is reported at once. */
record WebhookForm(
        String name,
        boolean enabled,
        boolean paused,
        Subscription subscription,
        TargetForm target,
        Shape shape,
        Pacing pacing) {
    private static final Set<String> OWN = Set.of("name", "enabled", "paused");
    /** Answered by Sluice; what is sent back is compared or ignored, see {@link WebhookForms}. */
    private static final Set<String> READ_ONLY =
            Set.of("id", "tenant", "version", "createdAt", "updatedAt", "disabledReason", "state", "warnings");

    private static final Set<String> ALL = Stream.of(
                    OWN, READ_ONLY, SubscriptionForm.MEMBERS, TargetForm.MEMBERS, ShapeForm.MEMBERS, PacingForm.MEMBERS)
            .flatMap(Set::stream)
            .collect(Collectors.toCollection(TreeSet::new));
    private static final int MAX_NAME = 200;

    /**
     * @param old    what it is to replace, or null for a new one
     * @param tenant the only tenant that the request may name
     * @throws ProblemException 400 {@code invalid-webhook}
     */
    static WebhookForm read(JsonObject json, String tenant, @Nullable Webhook old, WebhookRules rules, Instant now) {
        Field form = Field.root(json);
        form.expectOnly(ALL);
        expectSame(form.member("tenant"), tenant);
        if (old != null) {
            expectSame(form.member("id"), old.id());
        }
        String name = form.member("name").name(MAX_NAME);
        Boolean enabled = form.member("enabled").truth();
        Boolean paused = form.member("paused").truth();
        Subscription subscription = SubscriptionForm.read(form);
        TargetForm target = TargetForm.read(form, old == null ? null : old.target(), rules, now);
        Shape shape = ShapeForm.read(form);
        Pacing pacing = PacingForm.read(form, rules);
        if (!form.errors().isEmpty()) {
            throw refusal(form);
        }
        return new WebhookForm(
                name == null || name.isEmpty()
                        ? Objects.requireNonNull(EndpointUrl.host(Objects.requireNonNull(target.url())))
                        : name,
                enabled == null || enabled,
                paused != null && paused,
                subscription,
                target,
                shape,
                pacing);
    }

    private static void expectSame(Field field, String expected) {
        if (!field.isAbsent() && !expected.equals(field.value())) {
            field.refuse("cannot be changed (expected: %s)", expected);
        }
    }

    private static ProblemException refusal(Field form) {
        Problem.FieldError first = form.errors().get(0);
        String more = form.errors().size() == 1
                ? ""
                : " (and %d more)".formatted(form.errors().size() - 1);
        String where = first.pointer().isEmpty() ? "" : first.pointer() + ": ";
        return Problem.of(400, "invalid-webhook", "The webhook is not valid", where + first.detail() + more)
                .withErrors(form.errors())
                .asException();
    }
}
