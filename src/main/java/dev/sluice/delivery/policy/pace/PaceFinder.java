package dev.sluice.delivery.policy.pace;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one lane knows of the pace that its endpoint takes, and has to tell the other pods of it. Where nothing was refused
 * lately it knows nothing, tells nothing and limits nothing. Confined to its lane; not thread-safe. Times are monotonic
 * nanoseconds.
 *
 * <p>The pace is kept in Redis, for all pods: each tells what was taken a few times a second, while something is, and reads
 * what the others told. Who is refused first finds the next pace from that, and writes it if nobody else did meanwhile;
 * else it takes over what the other found.
 */
public final class PaceFinder {
    private static final long EVERY = Duration.ofMillis(250).toNanos();
    /** How often at most it is asked whether another pod found a pace. */
    private static final int LOOKS = 3;

    private final LongTally lately = new LongTally(Duration.ofSeconds(30).toNanos());

    // confined state
    private @Nullable SharedPace known;
    private long knownAt;
    /** When what is known was seen first: a pace that is written again and again is kept, however old it is. */
    private long writtenAt;

    private long untold;
    private long askAt;
    private boolean asking;
    /** Refused, and not told yet. */
    private boolean refused;

    private Duration rest = Duration.ZERO;
    private int looks;

    /** The endpoint took one. */
    public void taken(long now) {
        if (known == null) {
            lately.add(now);
        } else {
            untold++;
        }
    }

    /** The endpoint refused one, the first of those that were under way together. */
    public void refused(Duration asked) {
        refused = true;
        rest = asked;
    }

    /** Another pod was refused: it may have found a pace. */
    public void look() {
        looks = LOOKS;
    }

    /** Whether there is something to tell or to ask now. */
    public boolean shouldAsk(long now) {
        boolean isNews = refused || looks > 0 || untold > 0;
        return isNews && !asking && (askAt == 0 || now - askAt >= 0);
    }

    /** Answers how many to tell of. */
    public long asked(long now) {
        asking = true;
        askAt = now + EVERY;
        looks = Math.max(0, looks - 1);
        return untold;
    }

    /**
     * What Redis knows, what was told included. Answers what is to be written if nobody writes before.
     *
     * @param latest null: nobody found a pace, or it is forgotten
     */
    public Optional<FoundPace> answered(long told, @Nullable SharedPace latest, long now) {
        asking = false;
        untold -= told;
        boolean isMine = refused && mark() == (latest == null ? 0 : latest.mark());
        refused = false;
        Optional<FoundPace> next = isMine ? next(latest, now) : Optional.empty();
        take(latest, now);
        return next;
    }

    private Optional<FoundPace> next(@Nullable SharedPace latest, long now) {
        return latest == null
                ? FoundPace.guess(lately.count(now), Duration.ofNanos(lately.span(now)), rest)
                : Optional.of(latest.pace().refused(latest.taken(), latest.age(), rest));
    }

    /** What is known now. */
    public void take(@Nullable SharedPace latest, long now) {
        asking = false;
        if (latest != null) {
            looks = 0;
        } else if (known != null) {
            untold = 0;
            lately.clear();
        }
        writtenAt = latest != null && latest.mark() != mark() ? now : writtenAt;
        known = latest;
        knownAt = now;
    }

    /** Redis is away. */
    public void failed() {
        asking = false;
    }

    /** Null: none was found, or it is so long ago that it is forgotten. */
    public @Nullable SharedPace pace(long now) {
        if (known == null || now - writtenAt >= FoundPace.KEPT.toNanos()) {
            return null;
        }
        return known.later(untold, Duration.ofNanos(now - knownAt));
    }

    private long mark() {
        return known == null ? 0 : known.mark();
    }
}
