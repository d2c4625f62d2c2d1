package dev.sluice.delivery.stage;

import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.History;
import dev.sluice.delivery.lane.Flight;
import dev.sluice.delivery.lane.Step;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.redis.DeliveryConfigs;
import dev.sluice.delivery.share.Pots;
import dev.sluice.delivery.share.Share;
import dev.sluice.memory.Quota;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ScriptedSender;
import dev.sluice.testing.Webhooks;
import dev.sluice.time.Chore;
import dev.sluice.time.Jitter;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeatsTest {
    private static final Share SHARE = new Share(64, 64, 1 << 20);

    private final ManualTicker ticker = new ManualTicker();
    private int lanes;
    private int asked;
    private final Seats seats = new Seats(
            new Seats.Makers(
                    (limit, hears) -> new Circuit(DeliveryConfigs.CIRCUIT, limit, hears),
                    new Pots(List.of(SHARE), SHARE, new Quota(1 << 20)),
                    0,
                    epoch -> true,
                    World.LEASE.toNanos()),
            ticker,
            Jitter.NONE,
            History.NONE,
            new DeliveryListener() {
                @Override
                public void lanes(int more) {
                    lanes += more;
                }
            },
            () -> asked++);

    private static Webhook webhook(int number) {
        return Webhooks.webhook("wh_" + number, "**");
    }

    private Seat open(int number) {
        return seats.of(webhook(number));
    }

    private void offer(Seat seat) {
        Webhook webhook = seat.lane.webhook();
        seat.lane.offer(Delivery.journaled(new Match(1, event(1), List.of(webhook), 0), 0, webhook), ticker.nanos());
    }

    @Test
    void tickLooksAtNoLaneThatRests() {
        IntStream.range(0, 10_000).forEach(this::open);
        offer(open(7));
        assertThat(seats.busy(ticker.nanos())).containsExactly(open(7));
        assertThat(lanes).isEqualTo(10_000);
    }

    @Test
    void laneThatGetsSomethingAgainIsLookedAtAgain() {
        open(1);
        assertThat(seats.busy(ticker.nanos())).isEmpty();
        offer(open(1));
        assertThat(seats.busy(ticker.nanos())).hasSize(1);
    }

    @Test
    void asksForALookWhenALaneGetsBusyAndForNoneWhileNoneIs() {
        assertThat(seats.untilTick(ticker.nanos())).isEqualTo(Chore.REST);
        open(1);
        open(1);
        assertThat(asked).isOne();
        assertThat(seats.untilTick(ticker.nanos())).isZero();
        seats.busy(ticker.nanos());
        long untilForgotten = seats.untilTick(ticker.nanos());
        assertThat(untilForgotten).isEqualTo(Duration.ofMinutes(1).toNanos() + 1);
        open(1);
        assertThat(asked).isEqualTo(2);
        seats.busy(ticker.nanos());
        ticker.advance(Duration.ofNanos(untilForgotten));
        seats.forgetIdle(ticker.nanos());
        assertThat(seats.untilTick(ticker.nanos())).isEqualTo(Chore.REST);
    }

    @Test
    void laneThatRestsForLongIsForgottenAndOneThatWorksIsNot() {
        open(1);
        offer(open(2));
        for (int second = 0; second < 62; second++) {
            seats.busy(ticker.nanos());
            seats.forgetIdle(ticker.nanos());
            ticker.advance(Duration.ofSeconds(1));
        }
        seats.forgetIdle(ticker.nanos());
        assertThat(seats.find("wh_1")).isNull();
        assertThat(seats.find("wh_2")).isNotNull();
        assertThat(lanes).isEqualTo(1);
    }

    @Test
    void laneWhoseCircuitIsOpenIsForgottenOnlyWhenItIsClosedAgain() {
        Seat seat = open(1);
        for (int i = 0; i < 10; i++) {
            offer(seat);
            Flight flight = ((Step.Attempt) seat.lane.next(ticker.nanos())).flight();
            seat.lane.finished(flight, ScriptedSender.status(500), ticker.nanos());
        }
        for (int minute = 0; minute < 10; minute++) {
            seats.busy(ticker.nanos());
            seats.forgetIdle(ticker.nanos());
            ticker.advance(Duration.ofMinutes(1));
        }
        assertThat(seats.find("wh_1")).isSameAs(seat);
    }
}
