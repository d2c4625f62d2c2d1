package dev.sluice.delivery;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.RetryRule;
import dev.sluice.delivery.policy.RetrySchedule;
import dev.sluice.delivery.policy.Verdict;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.time.Jitter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an answer means for a delivery, and for its webhook. */
final class Verdicts {
    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);
    private static final int HISTORY_EXCERPT = 512;

    private final RetryRule rule;
    private final RetrySchedule standard;
    private final Registry registry;
    private final InstantSource clock;
    private final Jitter jitter;

    /** @param standard for webhooks that have no schedule of their own */
    Verdicts(RetryRule rule, RetrySchedule standard, Registry registry, InstantSource clock, Jitter jitter) {
        this.rule = rule;
        this.standard = standard;
        this.registry = registry;
        this.clock = clock;
        this.jitter = jitter;
    }

    /** @param attempt the number of the attempt that was answered, 1 for the first */
    Verdict of(Answer answer, Webhook webhook, int attempt) {
        Pacing.Retry own = webhook.pacing().retry();
        RetrySchedule schedule = own == null ? standard : new RetrySchedule(own.delays(), own.jitter());
        return rule.judge(answer, attempt, schedule, clock.instant(), jitter);
    }

    /** The delivery with one more failed attempt. */
    Delivery tried(Delivery delivery, Answer answer) {
        int number = delivery.attempts() + 1;
        JsonObject attempt = new JsonObject()
                .put("number", number)
                .put("at", clock.instant().toString())
                .put("durationMs", answer.took().toMillis());
        if (answer instanceof Answer.Status status) {
            attempt.put("status", status.code());
            attempt.put("retryAfter", status.retryAfter());
            attempt.put("location", status.location());
            attempt.put("body", shorten(status.excerpt()));
        } else if (answer instanceof Answer.Failure failure) {
            attempt.put("error", failure.kind().name().toLowerCase(Locale.ROOT));
            attempt.put("detail", failure.detail());
        }
        attempt.getMap().values().removeIf(Objects::isNull);
        String history = delivery.history() + attempt.encode() + "\n";
        return new Delivery(
                delivery.id(),
                delivery.event(),
                delivery.webhookId(),
                delivery.key(),
                number,
                history,
                delivery.origin());
    }

    private static String shorten(String excerpt) {
        return excerpt.length() <= HISTORY_EXCERPT ? excerpt : excerpt.substring(0, HISTORY_EXCERPT);
    }

    /** The endpoint is gone for good: disables the webhook as it is stored now. */
    void disable(Webhook webhook, String reason) {
        registry.find(webhook.tenant(), webhook.id())
                .compose(found -> found.filter(Webhook::enabled)
                        .map(stored ->
                                registry.save(stored.with(stored.activity().disabled(reason), clock.instant())))
                        .orElse(Future.succeededFuture(false)))
                .onSuccess(saved -> {
                    if (saved) {
                        LOG.atWarn()
                                .addKeyValue("webhook", webhook.id())
                                .addKeyValue("reason", reason)
                                .log("webhook disabled");
                    }
                })
                .onFailure(cause -> LOG.atWarn()
                        .addKeyValue("webhook", webhook.id())
                        .addKeyValue("cause", cause.getMessage())
                        .log("webhook could not be disabled"));
    }
}
