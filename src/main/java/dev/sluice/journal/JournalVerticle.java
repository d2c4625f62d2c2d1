package dev.sluice.journal;

import dev.sluice.bus.Exchange;
import dev.sluice.event.Append;
import dev.sluice.event.Appended;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;

/** Answers the ingest of its event loop. */
public final class JournalVerticle extends VerticleBase {
    private final Exchange<Append, Appended> inbox;
    private final Supplier<Journal> opening;

    /** @param opening makes the journal on the verticle's own context */
    public JournalVerticle(Exchange<Append, Appended> inbox, Supplier<Journal> opening) {
        this.inbox = inbox;
        this.opening = opening;
    }

    @Override
    public Future<?> start() {
        Journal journal = opening.get();
        return inbox.answer(append -> journal.append(append.drafts()));
    }
}
