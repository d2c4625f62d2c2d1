package dev.sluice.delivery.stage;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.History;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.RetryRule;
import dev.sluice.delivery.policy.RetrySchedule;
import dev.sluice.delivery.policy.Tries;
import dev.sluice.delivery.policy.Verdict;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.time.Jitter;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an answer means for a delivery, and for its webhook. */
final class Verdicts {
    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

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

    /** @param before the attempts before the one that was answered */
    Verdict of(Answer answer, Webhook webhook, Tries before) {
        Pacing.Retry own = webhook.pacing().retry();
        RetrySchedule schedule = own == null ? standard : new RetrySchedule(own.delays(), own.jitter());
        return rule.judge(answer, before, schedule, clock.instant(), jitter);
    }

    /** The delivery with one more failed attempt. */
    Delivery tried(Delivery delivery, Answer answer) {
        return delivery.tried(Notes.failed(delivery, answer, clock.instant()).encode());
    }

    /** The delivery with one more attempt to which the endpoint said not yet. */
    Delivery refused(Delivery delivery, Answer answer) {
        return delivery.refused(Notes.withRefusal(delivery, answer, clock.instant()));
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
