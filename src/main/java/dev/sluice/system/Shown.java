package dev.sluice.system;

import dev.sluice.fault.Again;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Shows a pod to people, until it ends. Confined to one context. */
public final class Shown {
    private final Cards cards;
    private final Supplier<Card> card;
    private final Again shows;

    // confined state
    private boolean ended;

    /** @param shows where failures are told */
    public Shown(Cards cards, Supplier<Card> card, Again shows) {
        this.cards = cards;
        this.card = card;
        this.shows = shows;
    }

    public void start(Timers timers) {
        show();
        timers.every(Card.EVERY, this::show);
    }

    private void show() {
        if (!ended) {
            shows.watch(cards.show(card.get()));
        }
    }

    /** Does not fail: where Redis is away, others see that it is gone. */
    public Future<Void> end() {
        ended = true;
        return cards.remove(card.get().pod()).otherwiseEmpty();
    }
}
