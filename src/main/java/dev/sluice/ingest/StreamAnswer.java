package dev.sluice.ingest;

import dev.sluice.http.Problem;
import dev.sluice.ingest.body.Admission;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * The answers to the lines of a stream, and the status before them. Log shippers look at the status alone, so it is held
 * back as long as it may change, and the answers with it, as far as there is room: 200 if every line was taken, that of the
 * refusals if none was, and 207 if some were. If one was refused that may be taken later it is a 503, so that who looks at
 * nothing else sends them all again: lines twice are better than lost ones.
 *
 * <p>A stream whose end is not in sight is answered at once, since its producer may wait for that: with 200, or with 207 if
 * something was refused already.
 *
 * <p>Confined to one event loop; not thread-safe.
 */
final class StreamAnswer {
    private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("application/x-ndjson");
    private static final int SOME = 207;

    private final HttpServerResponse response;
    private final Admission.Hold hold;
    private final int mostHeld;

    /** Null as soon as the status is written. */
    private @Nullable Buffer held = Buffer.buffer();

    private boolean isSomeTaken;
    private @Nullable Problem worst;

    /** @param mostHeld bytes */
    StreamAnswer(HttpServerResponse response, Admission.Hold hold, int mostHeld) {
        this.response = response;
        this.hold = hold;
        this.mostHeld = mostHeld;
        response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE);
    }

    /** @param isEndInSight whether all lines are about to come, or have come */
    void add(LineBatch batch, Buffer lines, boolean isEndInSight) {
        isSomeTaken |= batch.isSomeTaken();
        worst = worse(worst, batch.worst());
        Buffer before = held;
        boolean mayWait = before != null && isEndInSight && before.length() + lines.length() <= mostHeld;
        if (before != null && mayWait && hold.bytes(lines.length())) {
            before.appendBuffer(lines);
        } else {
            begin(false);
            response.write(lines);
        }
    }

    void end() {
        begin(true);
        response.end();
    }

    private void begin(boolean isWhole) {
        Buffer before = held;
        if (before == null) {
            return;
        }
        held = null;
        hold.done(0, before.length());
        if (worst != null) {
            refused(worst, isWhole);
        }
        if (before.length() > 0) {
            response.write(before);
        }
    }

    private void refused(Problem problem, boolean isWhole) {
        boolean isAll = isWhole && (!isSomeTaken || problem.status() >= 500);
        response.setStatusCode(isAll ? problem.status() : SOME);
        if (isAll && problem.retryAfter() != null) {
            response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(problem.retryAfter()));
        }
    }

    /** One that time may mend; the first of others. */
    static @Nullable Problem worse(@Nullable Problem one, @Nullable Problem other) {
        boolean isOther = one == null || (other != null && one.status() < 500 && other.status() >= 500);
        return isOther ? other : one;
    }
}
