package dev.sluice.delivery.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.lane.Lane;
import dev.sluice.delivery.lane.Load;
import dev.sluice.delivery.lane.Throttle;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.CircuitListener;
import dev.sluice.delivery.redis.DeliveryConfigs;
import dev.sluice.delivery.share.Pots;
import dev.sluice.delivery.share.Share;
import dev.sluice.memory.Quota;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Webhooks;
import dev.sluice.time.Jitter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrowdTest {
    private static final Share SHARE = new Share(64, 64, 1 << 20);
    private static final Webhook WEBHOOK = Webhooks.webhook("wh_1", "**");

    private final Crowd crowd = new Crowd();
    private final List<Seat> looked = new ArrayList<>();

    private static Seat seat() {
        Circuit circuit = new Circuit(DeliveryConfigs.CIRCUIT, 16, CircuitListener.NONE);
        Load load = new Load(new Pots(List.of(SHARE), SHARE, new Quota(1 << 20)), 0, 0);
        return new Seat(
                new Lane(WEBHOOK, new Throttle(WEBHOOK.pacing(), circuit, Jitter.NONE, 0), load, epoch -> true, 1, 0));
    }

    private List<Seat> waiting(int count) {
        List<Seat> seats = Stream.generate(CrowdTest::seat).limit(count).toList();
        seats.forEach(crowd::add);
        return seats;
    }

    @Test
    void aFewThatWaitedLongestLookForEachAttemptThatEnds() {
        List<Seat> seats = waiting(10);
        crowd.serve(looked::add);
        assertThat(looked).isEqualTo(seats.subList(0, 4));
    }

    @Test
    void whoFindsTooLittleWaitsBehindTheOthersAndLooksOnce() {
        List<Seat> seats = waiting(2);
        Consumer<Seat> inVain = seat -> {
            looked.add(seat);
            crowd.add(seat);
        };
        crowd.serve(inVain);
        assertThat(looked).isEqualTo(seats);
    }

    @Test
    void howeverManyWaitForAttemptsThatEndAtOnceAllHaveTheirTurn() {
        List<Seat> seats = waiting(20_000);
        crowd.serve(this::tryWhatEndsAtOnce);
        assertThat(looked).hasSize(seats.size());
    }

    private void tryWhatEndsAtOnce(Seat seat) {
        looked.add(seat);
        crowd.serve(this::tryWhatEndsAtOnce);
    }
}
