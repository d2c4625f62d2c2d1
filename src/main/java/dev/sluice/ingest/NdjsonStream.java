package dev.sluice.ingest;

import dev.sluice.event.Receipt;
import dev.sluice.http.Body;
import dev.sluice.http.Broken;
import dev.sluice.http.Discard;
import dev.sluice.http.JsonText;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.http.Visit;
import dev.sluice.ingest.body.Admission;
import dev.sluice.ingest.body.LineSplitter;
import dev.sluice.ingest.body.Unpacking;
import dev.sluice.ingest.decode.ContentEncoding;
import dev.sluice.ingest.decode.IsoClock;
import dev.sluice.ingest.decode.JsonDecoder;
import dev.sluice.ingest.decode.Refusals;
import dev.sluice.ingest.decode.Stamp;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of one event a line, without end, answered line by line. Confined to one event loop; not thread-safe.
 *
 * <h2>How it works</h2>
 * The lines of a chunk become one {@link LineBatch}: one append, one write. Batches are stored side by side, and answered
 * in the order in which they came, whichever is durable first. Reading stops while more than a window of events waits for
 * the journal, while the loop has no room, or while the client does not read its answers; TCP tells the producer. One
 * batch may always be under way, so that no stream waits for the others to make room.
 *
 * <p>Of a packed stream each chunk is unpacked piece by piece ({@link Unpacking}), and nothing is read meanwhile.
 *
 * <p>A producer that sends everything before it reads anything stops for good once both kernels' buffers are full of
 * answers; the idle timeout ends it. Only memory without bound could please it.
 */
final class NdjsonStream {
    static final int WINDOW = 1024;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final StreamAnswer answer;
    private final Intake intake;
    private final IsoClock clock;
    private final LineSplitter splitter;
    private final Admission.Hold hold;
    private final Visit visit;
    /** Null for a stream that is not packed. */
    private final @Nullable Unpacking packed;

    private Stamp stamp;
    private final ArrayDeque<LineBatch> pending = new ArrayDeque<>();
    private boolean isPaused;
    /** No line will be taken any more. */
    private boolean isEnded;
    /** Nothing will be written any more. */
    private boolean isClosed;
    /** Nobody is there to write to. */
    private boolean isGone;

    NdjsonStream(HttpServerRequest request, Intake intake, Stamp stamp, IsoClock clock, Visit visit) {
        this.request = request;
        this.response = request.response();
        this.intake = intake;
        this.stamp = stamp;
        this.clock = clock;
        this.visit = visit;
        this.splitter = new LineSplitter(intake.limits().maxBodyBytes());
        this.hold = intake.admission().hold();
        this.answer = new StreamAnswer(response, hold, intake.limits().maxBodyBytes());
        this.packed = ContentEncoding.of(request.headers()) == ContentEncoding.GZIP ? new Unpacking() : null;
    }

    void start() {
        response.drainHandler(drained -> pump());
        request.exceptionHandler(this::abandon).handler(this::chunk).endHandler(end -> finish());
        intake.streams().began(this);
        visit.otherwise(this::stalls);
        Intake.invite(request);
    }

    private void chunk(Buffer chunk) {
        if (isEnded) {
            return;
        }
        if (packed == null) {
            take(chunk);
        } else {
            packed.feed(chunk);
        }
        pump();
    }

    private void unpack(Unpacking packed) {
        try {
            packed.unpack(() -> !isEnded && !isFull(), this::take);
        } catch (ProblemException malformed) {
            endWith(malformed.problem());
        }
    }

    private void take(Buffer chunk) {
        if (!hold.bytes(chunk.length())) {
            endWith(Refusals.OVERLOADED);
        } else {
            lines(chunk);
        }
    }

    private void lines(Buffer chunk) {
        stamp = stamp.at(clock.now());
        LineBatch batch = new LineBatch();
        int before = splitter.restBytes();
        long next = splitter.nextLine();
        boolean fits = splitter.feed(chunk, (number, text) -> line(batch, number, text));
        batch.occupies(before + chunk.length() - splitter.restBytes());
        if (splitter.nextLine() > next) {
            visit.renew();
        }
        submit(batch);
        if (!fits) {
            endWith(Refusals.lineTooLong(intake.limits().maxBodyBytes()));
        }
    }

    private void line(LineBatch batch, long number, JsonText text) {
        try {
            batch.add(number, JsonDecoder.PLAIN.decode(text, stamp, stamp.claim(number, text)));
        } catch (ProblemException refused) {
            refuse(batch, number, refused.problem());
        }
    }

    private void refuse(LineBatch batch, long number, Problem problem) {
        intake.refused(problem);
        batch.add(number, problem);
    }

    private void submit(LineBatch batch) {
        if (batch.isEmpty()) {
            hold.done(0, batch.bytes());
            return;
        }
        pending.add(batch);
        if (batch.drafts().isEmpty()) {
            batch.stored(List.of());
            return;
        }
        hold.force(batch.drafts().size());
        intake.append(batch.drafts()).onComplete(outcome -> settle(batch, outcome));
    }

    private void settle(LineBatch batch, AsyncResult<List<Receipt>> outcome) {
        if (outcome.succeeded()) {
            batch.stored(outcome.result());
            outcome.result().stream().filter(Receipt::isConflict).forEach(taken -> intake.refused(Refusals.TAKEN));
        } else {
            Problem problem = Intake.problem(outcome.cause());
            batch.drafts().forEach(draft -> intake.refused(problem));
            batch.failed(problem);
        }
        pump();
    }

    /** The pod ends: what came so far is answered, and a last line says that nothing else is taken. */
    void end() {
        end(Refusals.STREAM_ENDS);
    }

    private void end(Problem why) {
        if (!isEnded) {
            endWith(why);
            pump();
        }
    }

    /** No whole line has come for long; if it is not because none was read. */
    private void stalls() {
        if (isPaused && !isEnded) {
            visit.renew();
        } else {
            end(Refusals.STREAM_STALLS);
        }
    }

    /** Takes no more lines, and says why in the place of the next one. */
    private void endWith(Problem problem) {
        LineBatch last = new LineBatch();
        refuse(last, splitter.nextLine(), problem);
        submit(last);
        isEnded = true;
    }

    private void finish() {
        if (!isEnded && isWhole()) {
            LineBatch last = new LineBatch();
            last.occupies(splitter.restBytes());
            splitter.finish((number, text) -> line(last, number, text));
            submit(last);
            isEnded = true;
        }
        pump();
    }

    private boolean isWhole() {
        try {
            if (packed != null) {
                packed.finish();
            }
            return true;
        } catch (ProblemException cutOff) {
            endWith(cutOff.problem());
            return false;
        }
    }

    /** Writes what can be written, then reads on, waits, or closes. */
    private void pump() {
        if (packed != null) {
            unpack(packed);
        }
        while (!pending.isEmpty() && pending.element().answer() != null) {
            write(pending.remove());
        }
        if (isEnded && pending.isEmpty()) {
            close();
        } else if (isAhead()) {
            pause();
            if (isPacked() && pending.isEmpty() && !isFull()) {
                Vertx.currentContext().runOnContext(nextTurn -> pump());
            }
        } else if (isPaused) {
            isPaused = false;
            visit.renew();
            request.resume();
        }
    }

    private void pause() {
        if (!isPaused && !isGone && !request.isEnded()) {
            isPaused = true;
            request.pause();
        }
    }

    private void write(LineBatch batch) {
        hold.done(batch.drafts().size(), batch.bytes());
        Buffer lines = batch.answer();
        if (lines != null && !isGone) {
            answer.add(batch, lines, isEnded || Body.length(request) >= 0);
        }
    }

    private boolean isAhead() {
        return isEnded || isPacked() || isFull();
    }

    /** There may be more to unpack of what came. */
    private boolean isPacked() {
        return packed != null && packed.hasMore();
    }

    private boolean isFull() {
        boolean isWaiting = !pending.isEmpty();
        boolean isFull = hold.events() >= WINDOW || intake.admission().isFull();
        return response.writeQueueFull() || (isWaiting && isFull);
    }

    private void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        intake.streams().closed(this);
        if (packed != null) {
            packed.close();
        }
        if (!isGone) {
            answer.end();
            Discard.rest(request, intake.limits().discardBytes());
        }
        hold.release();
    }

    /** The client is gone; what it sent is stored all the same, and takes room until then. */
    private void abandon(Throwable cause) {
        Broken.failed(request, cause);
        isGone = true;
        isEnded = true;
        pump();
    }
}
