package dev.sluice.delivery.stage;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.History;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.RetryRule;
import dev.sluice.delivery.policy.RetrySchedule;
import dev.sluice.delivery.policy.SentAgain;
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
import java.util.function.Predicate;
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
    private final Operations operations;
    private final History history;

    /** @param standard for webhooks that have no schedule of their own */
    Verdicts(
            RetryRule rule,
            RetrySchedule standard,
            Registry registry,
            InstantSource clock,
            Jitter jitter,
            Operations operations,
            History history) {
        this.rule = rule;
        this.standard = standard;
        this.registry = registry;
        this.clock = clock;
        this.jitter = jitter;
        this.operations = operations;
        this.history = history;
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
        SentAgain again = answer.sentAgain();
        attempt.put("sentAgain", again == null ? null : again.text());
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
        return delivery.tried(attempt.encode());
    }

    private static String shorten(String excerpt) {
        return excerpt.length() <= HISTORY_EXCERPT ? excerpt : excerpt.substring(0, HISTORY_EXCERPT);
    }

    /**
     * It became a dead letter: tells who subscribed to that, and disables the webhook if it has to be. Not so if it has
     * another target by now.
     */
    void buried(Webhook webhook, Delivery delivery, Verdict.Dead dead) {
        operations.exhausted(webhook, delivery, dead.reason());
        if (dead.disablesWebhook()) {
            disable(
                    new LaneKey(webhook.id(), webhook.tenant()),
                    dead.reason(),
                    stored -> !stored.hasOtherTarget(webhook));
        }
    }

    /** As it is stored now, if it is enabled. */
    void disable(LaneKey lane, String reason) {
        disable(lane, reason, stored -> true);
    }

    private void disable(LaneKey lane, String reason, Predicate<Webhook> condition) {
        registry.find(lane.tenant(), lane.webhookId())
                .compose(found -> found.filter(condition.and(Webhook::enabled))
                        .filter(Webhook::isReadable)
                        .map(stored -> disable(stored, reason))
                        .orElse(Future.succeededFuture()))
                .onFailure(cause -> LOG.atWarn()
                        .addKeyValue("webhook", lane.webhookId())
                        .addKeyValue("cause", cause.getMessage())
                        .log("webhook could not be disabled"));
    }

    private Future<Void> disable(Webhook stored, String reason) {
        return registry.save(stored.with(stored.activity().disabled(reason), clock.instant()))
                .onSuccess(saved -> {
                    if (saved) {
                        operations.disabled(stored, reason);
                        history.startOver(new LaneKey(stored.id(), stored.tenant()));
                    }
                })
                .mapEmpty();
    }
}
