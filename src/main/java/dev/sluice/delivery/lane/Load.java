package dev.sluice.delivery.lane;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Delivery.Origin;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.RetryRule;
import dev.sluice.delivery.share.Holding;
import dev.sluice.delivery.share.Pots;
import dev.sluice.subscription.Webhook;
import java.util.List;

/** The deliveries that a lane holds, as its {@link Holding} counts them. Confined to its lane. */
public final class Load {
    /**
     * What an attempt takes beside its body: the request, its headers, the connection with its buffers (of which TLS takes
     * most) and the excerpt of the answer.
     */
    private static final int ATTEMPT = 16 * 1024;

    private final Pots pots;
    private final int mostTransformed;
    private final Holding holding;

    /** Bytes that the wire had no room for; 0: it had. */
    private long lacking;

    /** @param mostTransformed bytes of the result of a transformation, at most */
    public Load(Pots pots, int mostTransformed, long now) {
        this.pots = pots;
        this.mostTransformed = mostTransformed;
        this.holding = new Holding(pots, now);
    }

    Holding holding() {
        return holding;
    }

    boolean admits(Delivery delivery, long now) {
        return holding.admits(pot(delivery), now);
    }

    /** Of those that it would be counted with. */
    boolean holdsNothingBeside(Delivery delivery) {
        return holding.holdsNothing(pot(delivery));
    }

    void took(Delivery delivery) {
        holding.took(pot(delivery), delivery.bytes());
    }

    void left(Delivery delivery) {
        holding.left(pot(delivery), delivery.bytes());
    }

    /** Answers the same. */
    List<Delivery> left(List<Delivery> deliveries) {
        deliveries.forEach(this::left);
        return deliveries;
    }

    /** Answers what has to be written. */
    Delivery keep(Flight flight, long life) {
        Delivery journaled = flight.keep(life);
        left(journaled);
        took(flight.delivery());
        return journaled;
    }

    /** Takes the room that an attempt needs on the wire. Answers how much, or 0 if there is none now. */
    long send(Delivery delivery, Webhook webhook) {
        long bytes = onWire(delivery, webhook);
        boolean sends = holding.send(bytes);
        lacking = sends ? 0 : bytes;
        return sends ? bytes : 0;
    }

    /** There was no room on the wire for what came last, and there still is none. */
    boolean isCrowded() {
        return lacking > 0 && !holding.maySend(lacking);
    }

    /** A third more than the data, as in base64. What a transformation makes is known when it is made: it counts whole. */
    private long onWire(Delivery delivery, Webhook webhook) {
        long bytes = delivery.bytes();
        long made = webhook.shape().transform() == null ? 0 : mostTransformed;
        return ATTEMPT + bytes + bytes / 3 + made;
    }

    void finished(Flight flight, Answer answer, long now) {
        Delivery delivery = flight.delivery();
        holding.sent(flight.wire);
        holding.finished(pot(delivery), delivery.bytes(), RetryRule.isDelivered(answer), now);
    }

    private int pot(Delivery delivery) {
        return delivery.origin() instanceof Origin.Journaled journaled ? journaled.fanout() : pots.parked();
    }
}
