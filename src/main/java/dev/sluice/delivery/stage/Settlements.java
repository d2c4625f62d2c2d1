package dev.sluice.delivery.stage;

import dev.sluice.bus.Channel;
import dev.sluice.delivery.Delivery;
import dev.sluice.event.Settled;
import java.util.ArrayList;
import java.util.List;

/** Tells the fan-outs, once a turn, which of their deliveries need the journal no more. */
final class Settlements {
    private final List<Channel<Settled>> fanouts;
    private final EndOfTurn endOfTurn;

    // confined state
    private final List<List<Settled.Settlement>> open = new ArrayList<>();
    private boolean scheduled;

    Settlements(List<Channel<Settled>> fanouts, EndOfTurn endOfTurn) {
        this.fanouts = fanouts;
        this.endOfTurn = endOfTurn;
        fanouts.forEach(fanout -> open.add(new ArrayList<>()));
    }

    /** No effect for a delivery that was parked: its end is written in Redis. */
    void settled(Delivery delivery) {
        if (delivery.origin() instanceof Delivery.Origin.Journaled journaled) {
            open.get(journaled.fanout()).add(new Settled.Settlement(journaled.ticket(), delivery.webhookId()));
            if (!scheduled) {
                scheduled = true;
                endOfTurn.run(this::flush);
            }
        }
    }

    /** Before the end of the turn, for who cannot wait for it. */
    void flush() {
        scheduled = false;
        for (int fanout = 0; fanout < open.size(); fanout++) {
            if (!open.get(fanout).isEmpty()) {
                fanouts.get(fanout).send(new Settled(open.get(fanout)));
                open.set(fanout, new ArrayList<>());
            }
        }
    }
}
