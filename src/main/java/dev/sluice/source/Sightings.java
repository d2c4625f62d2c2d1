package dev.sluice.source;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What sources were seen to send, so that a name which never fires is visible. Counts are of all pods and about a second
 * old; what a pod had not written when it died is lost. Any thread; must not block.
 */
public interface Sightings {
    /** So many types of a source are counted by name, the others together. */
    int MOST_TYPES = 1000;

    /** So many rules of a source are counted. */
    int MOST_RULES = 1000;

    Sightings NONE = new Sightings() {
        @Override
        public void kept(String source, String type) {}

        @Override
        public void dropped(String source, String type) {}

        @Override
        public void refused(String source) {}

        @Override
        public Future<Seen> of(String source) {
            return Future.succeededFuture(new Seen(List.of(), 0, null, 0));
        }
    };

    /** An event was stored. */
    void kept(String source, String type);

    /** A rule of the source kept an event from being stored. */
    void dropped(String source, String type);

    /** A body was not of the dialect. */
    void refused(String source);

    /** Which of a source's own privacy rules found something in an event, and which that apply to it did not. */
    default void ruled(String source, Set<String> matched, Set<String> unmatched) {}

    /** Somebody brought no key and no secret that is known. */
    default void denied(String source) {}

    /** A request was not let in, or could not be read. It is made only where it is kept. */
    default void refused(String source, Supplier<RefusedRequest> request) {}

    /** The last of them, the newest first. */
    default Future<List<RefusedRequest>> refusals(String source) {
        return Future.succeededFuture(List.of());
    }

    Future<Seen> of(String source);

    /**
     * @param types         ordered by name
     * @param lastRefusedAt null if nothing was refused
     * @param denied        requests of somebody who is not known
     * @param others        events of types beyond {@link #MOST_TYPES}
     */
    record Seen(
            List<Type> types,
            long refused,
            @Nullable Instant lastRefusedAt,
            long others,
            long denied,
            @Nullable Instant lastDeniedAt,
            List<Rule> rules) {
        public Seen(List<Type> types, long refused, @Nullable Instant lastRefusedAt, long others) {
            this(types, refused, lastRefusedAt, others, 0, null, List.of());
        }
    }

    /**
     * @param rule    such as {@code userPaths: author}
     * @param matched events in which it found something, of those to which it applied
     */
    record Rule(String rule, long matched, long unmatched) {
        /** It never did anything. */
        public boolean isIdle() {
            return matched == 0 && unmatched > 0;
        }
    }

    record Type(String type, long kept, long dropped, Instant lastAt) {}
}
