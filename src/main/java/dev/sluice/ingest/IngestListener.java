package dev.sluice.ingest;

/**
 * Told what became of what producers sent. Called on the event loops of ingest; must not block.
 *
 * <p>Every event that was answered with an id is {@code accepted} or one of the {@code duplicates}, never both:
 * {@code accepted} is what the journal took in, so {@code accepted = unmatched + settled + pending}. Events that were
 * answered 503 {@code journal-unavailable} may be in the journal all the same.
 */
public interface IngestListener {
    IngestListener NONE = new IngestListener() {
        @Override
        public void accepted(int events, long bytes) {}

        @Override
        public void duplicates(int events) {}

        @Override
        public void dropped() {}

        @Override
        public void refused(String reasonType) {}
    };

    /**
     * New events are durable; the answer is about to be written.
     *
     * @param bytes of their data
     */
    void accepted(int events, long bytes);

    /** Events that the journal knew already. */
    void duplicates(int events);

    /** A rule of its source kept an event from being stored; it is not accepted. */
    void dropped();

    /**
     * Once for a request that was refused whole, once for each line of a stream that was.
     *
     * @param reasonType the {@link dev.sluice.http.Problem#type()} of the answer
     */
    void refused(String reasonType);
}
