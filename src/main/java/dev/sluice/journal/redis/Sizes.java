package dev.sluice.journal.redis;

import dev.sluice.event.Draft;
import dev.sluice.fault.Outage;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;

/**
 * How large the entries of the journal may be: a read asks for so many entries, and Redis cannot be asked for so many
 * bytes. Who appends a large one says so before, and who has not read for a while asks before it reads many at once.
 * Confined to the context of its link.
 *
 * <p>Rejected: a script that reads one after the other as long as there is room. It costs Redis five times the read.
 */
final class Sizes {
    /** What is not larger is not told. */
    static final int USUAL = 16 * 1024;

    /** Of what is not known, in place of what Redis would say. */
    private static final long ASSUMED = 1 << 20;

    /** Longer than entries wait to be read. */
    private static final Duration KEPT = Duration.ofDays(7);

    private static final String LARGEST = "largest";

    private final RedisLink link;

    // confined state
    /** As it was when Redis was asked last; before that, a large one. */
    private long known = ASSUMED;

    /** The largest that Redis has heard of from here. */
    private long told;

    Sizes(RedisLink link) {
        this.link = link;
    }

    static boolean isLarge(Draft draft) {
        return draft.data().length() > USUAL;
    }

    /**
     * To be called before the append, on the same link. Not a word in the usual case. In a cluster it is to be waited for,
     * since another server may be told of the events first.
     */
    Future<?> tell(List<Draft> drafts) {
        int largest = 0;
        for (Draft draft : drafts) {
            largest = Math.max(largest, draft.data().length());
        }
        if (largest > USUAL) {
            Request most = Request.cmd(Command.ZADD).arg(Keys.JOURNAL_SIZES);
            most.arg("GT").arg(largest).arg(LARGEST);
            Request expire = Request.cmd(Command.EXPIRE).arg(Keys.JOURNAL_SIZES).arg(KEPT.toSeconds());
            int size = largest;
            Future<?> answer = link.batch(List.of(most, expire)).onSuccess(done -> told = Math.max(told, size));
            return link.isOneServer() || size <= told ? Future.succeededFuture() : answer;
        }
        return Future.succeededFuture();
    }

    /** So many entries are no more than so many bytes, or one. */
    Future<Integer> fitting(long bytes) {
        Request score = Request.cmd(Command.ZSCORE).arg(Keys.JOURNAL_SIZES).arg(LARGEST);
        return link.send(score)
                .onSuccess(answer ->
                        known = answer == null ? USUAL : Math.max(USUAL, (long) Double.parseDouble(answer.toString())))
                .map(answer -> known)
                .recover(this::unknown)
                .map(largest -> (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / largest)));
    }

    /** In a cluster the partitions may be there though the server that knows this is not. */
    private Future<Long> unknown(Throwable cause) {
        return Outage.is(cause) && !link.isOneServer() ? Future.succeededFuture(known) : Future.failedFuture(cause);
    }
}
