package dev.sluice.sim;

import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.event.Event;
import dev.sluice.fanout.FanoutListener;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the listeners of one process were told, which must add up when nothing is under way. */
final class SimTally implements DeliveryListener {
    private final long[] holding = new long[2];
    private long came;
    private long went;
    private long inFlight;
    private long lanes;
    private long circuits;

    FanoutListener fanout(int number) {
        return new FanoutListener() {
            @Override
            public void holding(int events) {
                holding[number] = events;
            }
        };
    }

    @Override
    public void placed() {
        came++;
    }

    @Override
    public void claimed() {
        came++;
    }

    @Override
    public void delivered(Event event) {
        went++;
    }

    @Override
    public void parked(ParkReason reason) {
        went++;
    }

    @Override
    public void died() {
        went++;
    }

    @Override
    public void cancelled() {
        went++;
    }

    @Override
    public void forgotten(int deliveries) {
        went += deliveries;
    }

    @Override
    public void inFlight(int change) {
        inFlight += change;
    }

    @Override
    public void lanes(int change) {
        lanes += change;
    }

    @Override
    public void circuits(Circuit.State state, int change) {
        circuits += change;
    }

    Stream<String> unbalanced(String pod) {
        List<String> wrong = new ArrayList<>();
        expect(wrong, pod + ": events held by the free fan-out", holding[0], 0);
        expect(wrong, pod + ": events held by the keyed fan-out", holding[1], 0);
        return Stream.concat(wrong.stream(), unbalancedAfterDrain(pod));
    }

    /** What a fan-out held then was given back. */
    Stream<String> unbalancedAfterDrain(String pod) {
        List<String> wrong = new ArrayList<>();
        expect(wrong, pod + ": attempts in flight", inFlight, 0);
        expect(wrong, pod + ": deliveries that came less those that went", came - went, 0);
        expect(wrong, pod + ": lanes less circuits", lanes - circuits, 0);
        return wrong.stream();
    }

    private static void expect(List<String> wrong, String what, long is, long expected) {
        if (is != expected) {
            wrong.add("%s: %d (expected: %d)".formatted(what, is, expected));
        }
    }
}
