package dev.sluice.journal;

import dev.sluice.bus.Exchange;
import dev.sluice.event.Append;
import dev.sluice.event.Appended;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers the ingest of its event loop. */
public final class JournalVerticle extends VerticleBase {
    private final Exchange<Append, Appended> inbox;
    private final Journal journal;

    public JournalVerticle(Exchange<Append, Appended> inbox, Journal journal) {
        this.inbox = inbox;
        this.journal = journal;
    }

    @Override
    public Future<?> start() {
        return inbox.answer(append -> journal.append(append.drafts()));
    }
}
