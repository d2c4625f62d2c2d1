package dev.sluice.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.policy.Grant;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest extends LaneHarness {
    @Test
    void startsDeliveriesInTheOrderInWhichTheyCame() {
        assertThat(started(startAll(queuedLane(5)))).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void startsNoMoreAtOnceThanTheWebhookAllows() {
        Lane lane = queuedLane(20);
        List<Flight> started = startAll(lane);
        assertThat(started).hasSize(WINDOW);
        lane.finished(started.get(7), TAKEN, ticker.nanos());
        assertThat(startAll(lane)).hasSize(1);
    }

    @Test
    void restsWhileItHoldsNothing() {
        assertThat(freshLane().next(ticker.nanos())).isEqualTo(Step.Rest.INSTANCE);
    }

    @Test
    void disabledLaneQueuesAndStartsNothing() {
        Lane lane = queuedLane(3);
        lane.changed(Webhooks.disabled(Webhooks.nextVersion(webhook)), ticker.nanos());
        assertThat(offer(lane)).isEqualTo(Offer.DISABLED);
        assertThat(lane.next(ticker.nanos())).isEqualTo(Step.Rest.INSTANCE);
        assertThat(lane.appetite(ticker.nanos())).isZero();
    }

    @Test
    void laneOfADeletedWebhookStaysGoneWhateverOldNewsArrive() {
        Lane lane = freshLane();
        lane.changed(null, ticker.nanos());
        lane.changed(Webhooks.nextVersion(webhook), ticker.nanos());
        assertThat(offer(lane)).isEqualTo(Offer.GONE);
        assertThat(lane.webhook()).isNull();
    }

    @Test
    void olderNewsOfAWebhookChangeNothing() {
        Lane lane = freshLane();
        Webhook newer = Webhooks.disabled(Webhooks.nextVersion(webhook));
        lane.changed(newer, ticker.nanos());
        lane.changed(webhook, ticker.nanos());
        assertThat(lane.webhook()).isEqualTo(newer);
    }

    @Test
    void idleLaneIsForgottenWhenItIsQuietForLongEnough() {
        Lane lane = queuedLane(1);
        long idle = Duration.ofMinutes(1).toNanos();
        ticker.advance(Duration.ofMinutes(2));
        assertThat(lane.isForgettable(ticker.nanos(), idle)).isFalse();
        lane.finished(start(lane), TAKEN, ticker.nanos());
        assertThat(lane.isForgettable(ticker.nanos(), idle)).isFalse();
        ticker.advance(Duration.ofSeconds(61));
        assertThat(lane.isForgettable(ticker.nanos(), idle)).isTrue();
    }

    @Test
    void sameDeliveryTwiceCountsTwice() {
        Lane lane = freshLane();
        Delivery delivery = delivery();
        Delivery copy = new Delivery(
                delivery.id(),
                delivery.event(),
                webhook.id(),
                null,
                0,
                "",
                new Delivery.Origin.Journaled(0, nextEvent, 0));
        lane.offer(delivery, ticker.nanos());
        lane.offer(copy, ticker.nanos());
        assertThat(startAll(lane)).hasSize(2);
        assertThat(lane.held()).isEqualTo(2);
    }

    @Test
    void pausedLaneQueuesAndStartsNothing() {
        Lane lane = queuedLane(3);
        lane.changed(Webhooks.paused(Webhooks.nextVersion(webhook)), ticker.nanos());
        assertThat(offer(lane)).isEqualTo(Offer.PAUSED);
        assertThat(lane.next(ticker.nanos())).isEqualTo(Step.Rest.INSTANCE);
    }

    @Test
    void limitedLaneHasUseForWhatItsRateLetsThroughSoonAndNoMore() {
        Lane lane = lane(Webhooks.withRateLimit(webhook, new RateLimit(100, Duration.ofSeconds(1), 10)));
        assertThat(lane.throttle().useful()).isEqualTo(16 + 200 + 10);
        assertThat(freshLane().throttle().useful()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void limitedLaneWaitsForATokenForEachAttempt() {
        Lane lane = lane(Webhooks.withRateLimit(webhook, new RateLimit(100, Duration.ofSeconds(1), 10)));
        offer(lane);
        offer(lane);
        assertThat(lane.next(ticker.nanos())).as("nobody knows yet").isEqualTo(Step.Rest.INSTANCE);
        Duration spacing = Duration.ofMillis(10);
        lane.throttle().tokens().asked(ticker.nanos());
        lane.throttle().tokens().granted(new Grant(0, 1, spacing, Duration.ZERO, 7), ticker.nanos());
        assertThat(lane.next(ticker.nanos())).isEqualTo(new Step.Later(spacing.toNanos()));
        ticker.advance(spacing);
        assertThat(startAll(lane)).hasSize(1);
        assertThat(lane.next(ticker.nanos())).isEqualTo(Step.Rest.INSTANCE);
    }

    @Test
    void limitedLaneHoldsNoMoreThanItHasUseForUnlessAPersonAskedForIt() {
        Lane lane = lane(limited(2));
        for (int i = 0; i < 16 + 4 + 1; i++) {
            assertThat(offer(lane)).isEqualTo(Offer.QUEUED);
        }
        assertThat(offer(lane)).isEqualTo(Offer.FULL);
        assertThat(lane.offer(parked(-1), ticker.nanos())).isEqualTo(Offer.QUEUED);
        assertThat(lane.waits()).isEqualTo(22);
    }

    @Test
    void laneThatIsLimitedToLessGivesBackWhatItHasNoUseFor() {
        Lane lane = lane(limited(50));
        for (int i = 0; i < 40; i++) {
            offer(lane);
        }
        lane.changed(Webhooks.nextVersion(limited(1)), ticker.nanos());
        assertThat(lane.evictSurplus(ticker.nanos()).park()).hasSize(40 - 16 - 2 - 1);
        assertThat(lane.held()).isEqualTo(16 + 2 + 1);
    }

    private Webhook limited(int perSecond) {
        return Webhooks.withRateLimit(webhook, new RateLimit(perSecond, Duration.ofSeconds(1), 1));
    }

    @Test
    void takesNothingForAWebhookThatItCannotReadUntilItCan() {
        Lane lane = lane(Webhooks.unreadable(webhook, true));
        assertThat(offer(lane)).isEqualTo(Offer.UNREADABLE);
        assertThat(lane.changed(webhook, ticker.nanos()))
                .as("to another target, as far as is known")
                .isEqualTo(webhook.hasOtherTarget(Webhooks.unreadable(webhook, true)));
        assertThat(offer(lane)).as("though its version is the same").isEqualTo(Offer.QUEUED);
    }

    @Test
    void newsThatChangeNothingMoveNoTarget() {
        Lane lane = freshLane();
        assertThat(lane.changed(webhook, ticker.nanos())).as("the same").isFalse();
        lane.changed(Webhooks.nextVersion(webhook), ticker.nanos());
        assertThat(lane.changed(webhook, ticker.nanos())).as("older").isFalse();
        assertThat(lane.changed(null, ticker.nanos())).as("deleted").isFalse();
        assertThat(lane.changed(webhook, ticker.nanos()))
                .as("after it was deleted")
                .isFalse();
    }

    @Test
    void isForgottenAfterAndNotAtTheIdleTime() {
        Lane lane = freshLane();
        Duration idle = Duration.ofMinutes(1);
        ticker.advance(idle);
        assertThat(lane.isForgettable(ticker.nanos(), idle.toNanos())).isFalse();
        ticker.advance(Duration.ofNanos(1));
        assertThat(lane.isForgettable(ticker.nanos(), idle.toNanos())).isTrue();
    }

    @Test
    void isOfItsWebhookAndTenantAlsoWhenThatIsDeleted() {
        Lane lane = queuedLane(3);
        lane.changed(null, ticker.nanos());
        assertThat(lane.webhookId()).isEqualTo(webhook.id());
        assertThat(lane.tenant()).isEqualTo(webhook.tenant());
        assertThat(numbers(lane.clear())).containsExactly(0, 1, 2);
        assertThat(lane.isAtRest()).isTrue();
    }
}
