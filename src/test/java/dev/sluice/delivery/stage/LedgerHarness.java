package dev.sluice.delivery.stage;

import static dev.sluice.testing.NumberedEvents.event;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.ParkingSite;
import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.testing.InMemoryParking;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;

/** A ledger, and a Redis that answers when it is told. */
abstract class LedgerHarness {
    static final long MOST_OUT = 1000;
    static final long NOTHING_ELSE = fresh("any", 0, 0).bytes();

    final ManualTicker ticker = new ManualTicker();
    final ManualTimers timers = new ManualTimers(ticker);
    final InMemoryParking parking = new InMemoryParking(ticker, World.HOMES, World.LEASE);
    final Deque<Runnable> turn = new ArrayDeque<>();
    /** The lane of each page that Redis has, and how many outcomes it had, in their order. */
    final List<String> written = new ArrayList<>();
    /** The lane of each page that Redis has done. */
    final List<String> told = new ArrayList<>();
    /** Of these webhooks others have what this pod had. */
    final Set<String> lost = new HashSet<>();

    final AtomicInteger asked = new AtomicInteger();

    final Ledger ledger = new Ledger(
            parking,
            MOST_OUT,
            turn::add,
            new Retries(Faults.UNCOUNTED, timers),
            new Ledger.Listener() {
                @Override
                public void written(LaneKey lane, Parking.Written done) {
                    told.add(lane.webhookId());
                }

                @Override
                public void kept(List<Outcome> outcomes) {
                    written.add(
                            outcomes.isEmpty()
                                    ? "nothing"
                                    : outcomes.get(0).delivery().webhookId() + " " + outcomes.size());
                }
            },
            delivery -> {
                asked.incrementAndGet();
                return lost.contains(delivery.webhookId());
            });

    int nextEvent = 1;

    @BeforeEach
    void redisTakesItsTime() {
        parking.hold("write");
    }

    static LaneKey lane(String name) {
        return new LaneKey(name, "default");
    }

    static Delivery fresh(String lane, int number, int dataBytes) {
        return ParkingSite.fresh(event(number, "entry.update", Buffer.buffer(new byte[dataBytes])), lane(lane), null);
    }

    /** Something that weighs so much. */
    void park(String lane, long bytes) {
        ledger.write(
                lane(lane), ParkingSite.park(fresh(lane, nextEvent++, (int) (bytes - NOTHING_ELSE))), Duration.ZERO);
    }

    /** Something that weighs nothing. */
    void finish(String lane) {
        ledger.write(
                lane(lane), new Outcome.Finish(fresh(lane, nextEvent++, 500).kept(0)), Duration.ZERO);
    }

    void endTurn() {
        while (!turn.isEmpty()) {
            turn.remove().run();
        }
    }
}
