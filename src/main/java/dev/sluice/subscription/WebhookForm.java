package dev.sluice.subscription;

import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.subscription.Webhook.BasicAuth;
import dev.sluice.subscription.Webhook.BodyMode;
import dev.sluice.subscription.Webhook.Header;
import dev.sluice.subscription.Webhook.Retry;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a user can set, read from a request; every problem of the request is reported at once. */
record WebhookForm(
        String name,
        URI url,
        boolean enabled,
        @Nullable String source,
        List<String> eventTypes,
        List<Header> headers,
        @Nullable BasicAuth auth,
        @Nullable BodyMode body,
        @Nullable String signingSecret,
        Duration timeout,
        int maxInFlight,
        @Nullable Retry retry) {
    private static final Set<String> MEMBERS = new TreeSet<>(Set.of(
            "name",
            "url",
            "enabled",
            "source",
            "eventTypes",
            "headers",
            "auth",
            "body",
            "signing",
            "timeoutMs",
            "maxInFlight",
            "retry"));
    /** Answered by Sluice; what is sent back is compared or ignored, see {@link WebhookForms}. */
    private static final Set<String> READ_ONLY =
            Set.of("id", "tenant", "version", "createdAt", "updatedAt", "disabledReason", "state");

    private static final Set<String> ALL = union(MEMBERS, READ_ONLY);
    private static final List<String> EVERYTHING = List.of(Patterns.REST);
    private static final int MAX_PATTERNS = 200;
    private static final int MAX_NAME = 200;
    private static final int MAX_DELAYS = 30;
    private static final long MIN_DELAY_MS = 1000;
    private static final long MAX_DELAY_MS = Duration.ofDays(7).toMillis();
    private static final double JITTER = 0.1;

    /**
     * @param old    what it is to replace, or null for a new one
     * @param tenant the only tenant that the request may name
     * @throws ProblemException 400 {@code invalid-webhook}
     */
    static WebhookForm read(JsonObject json, String tenant, @Nullable Webhook old, WebhookRules rules) {
        Field form = Field.root(json);
        form.expectOnly(ALL);
        expectSame(form.member("tenant"), tenant);
        if (old != null) {
            expectSame(form.member("id"), old.id());
        }
        form.member("url").expectPresent();
        URI url = EndpointUrl.read(form.member("url"));
        String name = form.member("name").text(MAX_NAME);
        Boolean enabled = form.member("enabled").truth();
        String source = source(form.member("source"));
        List<String> eventTypes = eventTypes(form.member("eventTypes"));
        Field auth = form.member("auth");
        BasicAuth basic = AuthForm.read(auth, old == null ? null : old.auth());
        List<Header> headers =
                HeadersForm.read(form.member("headers"), old == null ? List.of() : old.headers(), !auth.isAbsent());
        BodyMode body = body(form.member("body"));
        String secret = SigningKeys.read(form.member("signing"), old == null);
        Long timeout = form.member("timeoutMs")
                .whole(WebhookRules.MIN_TIMEOUT.toMillis(), WebhookRules.MAX_TIMEOUT.toMillis());
        Long maxInFlight = form.member("maxInFlight").whole(1, WebhookRules.MAX_IN_FLIGHT);
        Retry retry = retry(form.member("retry"));
        if (!form.errors().isEmpty()) {
            throw refusal(form);
        }
        URI valid = Objects.requireNonNull(url);
        return new WebhookForm(
                name == null || name.isEmpty() ? valid.getHost() : name,
                valid,
                enabled == null || enabled,
                source,
                eventTypes,
                headers,
                basic,
                body,
                secret,
                timeout == null ? rules.timeout() : Duration.ofMillis(timeout),
                maxInFlight == null ? rules.maxInFlight() : maxInFlight.intValue(),
                retry);
    }

    private static void expectSame(Field field, String expected) {
        if (!field.isAbsent() && !expected.equals(field.value())) {
            field.refuse("cannot be changed (expected: %s)", expected);
        }
    }

    private static @Nullable String source(Field field) {
        String source = field.text(MAX_NAME);
        if (source != null && source.isEmpty()) {
            field.refuse("empty (expected: the name of a source, or none)");
        }
        return source;
    }

    private static List<String> eventTypes(Field field) {
        if (field.isAbsent()) {
            return EVERYTHING;
        }
        Set<String> patterns = new LinkedHashSet<>();
        for (Field element : field.elements(1, MAX_PATTERNS)) {
            String pattern = element.text(Integer.MAX_VALUE);
            if (element.isAbsent()) {
                element.refuse("not a string");
            }
            String problem = pattern == null ? null : Patterns.problem(pattern);
            if (problem != null) {
                element.refuse("%s", problem);
            } else if (pattern != null) {
                patterns.add(pattern);
            }
        }
        return List.copyOf(patterns);
    }

    private static @Nullable BodyMode body(Field field) {
        String text = field.text(MAX_NAME);
        if (text == null) {
            return null;
        }
        for (BodyMode mode : BodyMode.values()) {
            if (mode.text().equals(text)) {
                return mode;
            }
        }
        String known = Arrays.stream(BodyMode.values()).map(BodyMode::text).collect(Collectors.joining(", "));
        field.refuse("%s (expected: one of %s)", text, known);
        return null;
    }

    private static @Nullable Retry retry(Field field) {
        if (field.isAbsent()) {
            return null;
        }
        field.expectOnly(Set.of("delaysMs", "jitter"));
        Field delays = field.member("delaysMs");
        delays.expectPresent();
        Double jitter = field.member("jitter").share();
        List<Duration> read = delays.elements(1, MAX_DELAYS).stream()
                .map(WebhookForm::delay)
                .filter(Objects::nonNull)
                .toList();
        return new Retry(read, jitter == null ? JITTER : jitter);
    }

    private static @Nullable Duration delay(Field field) {
        if (field.isAbsent()) {
            field.refuse("not a number");
        }
        Long millis = field.whole(MIN_DELAY_MS, MAX_DELAY_MS);
        return millis == null ? null : Duration.ofMillis(millis);
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

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> union = new TreeSet<>(some);
        union.addAll(others);
        return union;
    }
}
