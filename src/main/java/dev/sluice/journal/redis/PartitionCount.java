package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.time.Ticker;
import java.time.Duration;

/** The partitions that this pod goes by, as it saw them last. Any thread. */
public final class PartitionCount {
    /**
     * Who has not looked for so long, as one that stood still, places no names: so long others mark those that went elsewhere.
     * Longer than the server that knows it is usually away; not longer, as each mark takes a hundred bytes of Redis.
     */
    static final Duration TRUST = Duration.ofMinutes(5);

    private final Ticker ticker;
    private volatile Seen seen;

    /** @param askedAt in monotonic nanoseconds */
    record Seen(Partitions partitions, long askedAt) {}

    /** Those of the settings, until it has looked. */
    public PartitionCount(JournalConfig config, Ticker ticker) {
        this.ticker = ticker;
        this.seen = new Seen(Partitions.of(config), ticker.nanos());
    }

    void saw(Partitions partitions, long askedAt) {
        seen = new Seen(partitions, askedAt);
    }

    Seen seen() {
        return seen;
    }

    Partitions now() {
        return seen.partitions();
    }

    public int free() {
        return now().free();
    }

    /** To be asked of what names are placed by, and again once anything was waited for. */
    boolean isOld(Seen used) {
        return ticker.nanos() - used.askedAt() > TRUST.toNanos();
    }
}
