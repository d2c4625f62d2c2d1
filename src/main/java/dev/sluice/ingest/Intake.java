package dev.sluice.ingest;

import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import dev.sluice.http.Body;
import dev.sluice.http.ClientGone;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.http.Problems;
import dev.sluice.ingest.body.Admission;
import dev.sluice.ingest.body.BodyReader;
import dev.sluice.ingest.decode.Refusals;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from a request to durable events, the same for every endpoint. Confined to one event loop. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Problem INTERNAL =
            Problem.of(500, "internal", "Internal error", "The gateway failed; its log says why.");

    private final IngestLimits limits;
    private final Admission admission;
    private final Appends appends;
    private final IngestListener listener;
    private final Streams streams = new Streams();

    Intake(IngestLimits limits, Admission admission, Appends appends, IngestListener listener) {
        this.limits = limits;
        this.admission = admission;
        this.appends = appends;
        this.listener = listener;
    }

    /** @throws ProblemException 503 if nothing more is let in now, whatever its size */
    void requireOpen() {
        requireRoom(0);
    }

    /** @throws ProblemException 413 or 503 if this body is not let in */
    void requireRoomFor(HttpServerRequest request) {
        long length = Body.length(request);
        if (length > limits.maxBodyBytes()) {
            throw Refusals.tooLarge(limits.maxBodyBytes()).asException();
        }
        requireRoom(Math.max(0, length));
    }

    private void requireRoom(long bytes) {
        if (!appends.isOpen()) {
            throw Refusals.CLOSED.asException();
        }
        switch (admission.offer(bytes)) {
            case OPEN -> {}
            case FULL -> throw Refusals.OVERLOADED.asException();
            case DRAINING -> throw Refusals.DRAINING.asException();
        }
    }

    /** Tells a client that waits for it to send the body: from here on it is wanted. */
    static void invite(HttpServerRequest request) {
        if (Body.isAwaitingContinue(request)) {
            request.response().writeContinue();
        }
    }

    /**
     * Reads the body, decodes it, stores the events and answers.
     *
     * @param decoder may throw a {@link ProblemException}, and hold more for what it makes of the body
     */
    void take(
            HttpServerRequest request,
            BiFunction<Buffer, Admission.Hold, List<Draft>> decoder,
            BiConsumer<HttpServerResponse, List<Receipt>> answer) {
        take(request, null, decoder, answer);
    }

    /** @param check fails for a body of which nothing may be taken; null: any may be */
    void take(
            HttpServerRequest request,
            @Nullable Function<Buffer, Future<Buffer>> check,
            BiFunction<Buffer, Admission.Hold, List<Draft>> decoder,
            BiConsumer<HttpServerResponse, List<Receipt>> answer) {
        Admission.Hold hold = admission.hold();
        invite(request);
        Future<Buffer> read = BodyReader.read(request, hold, limits.maxBodyBytes());
        (check == null ? read : read.compose(check))
                .map(body -> decoder.apply(body, hold))
                .compose(drafts -> store(drafts, hold))
                .map(Intake::withoutConflict)
                .onComplete(settled -> hold.release())
                .map(receipts -> {
                    answer.accept(request.response(), receipts);
                    return receipts;
                })
                .onFailure(cause -> fail(request, cause));
    }

    private Future<List<Receipt>> store(List<Draft> drafts, Admission.Hold hold) {
        if (drafts.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        if (!hold.events(drafts.size())) {
            throw Refusals.OVERLOADED.asException();
        }
        return append(drafts);
    }

    /** Events without a request's key never conflict: what is refused here is all of a request. */
    private static List<Receipt> withoutConflict(List<Receipt> receipts) {
        if (receipts.stream().anyMatch(Receipt::isConflict)) {
            throw Refusals.TAKEN.asException();
        }
        return receipts;
    }

    /** Beyond admission; fails as {@link Appends#append} does. */
    Future<List<Receipt>> append(List<Draft> drafts) {
        return appends.append(drafts).onSuccess(receipts -> note(drafts, receipts));
    }

    private void note(List<Draft> drafts, List<Receipt> receipts) {
        int accepted = 0;
        int duplicates = 0;
        long bytes = 0;
        for (int i = 0; i < receipts.size(); i++) {
            if (receipts.get(i).isStored()) {
                accepted++;
                bytes += drafts.get(i).data().length();
            } else if (receipts.get(i).isDuplicate()) {
                duplicates++;
            }
        }
        if (accepted > 0) {
            listener.accepted(accepted, bytes);
        }
        if (duplicates > 0) {
            listener.duplicates(duplicates);
        }
    }

    void dropped() {
        listener.dropped();
    }

    IngestLimits limits() {
        return limits;
    }

    Streams streams() {
        return streams;
    }

    Admission admission() {
        return admission;
    }

    void refused(Problem problem) {
        listener.refused(problem.type());
    }

    /**
     * Before the body was read.
     *
     * @param witness told its first chunk, once; an empty one if there is none
     */
    void refuse(HttpServerRequest request, Problem problem, Consumer<Buffer> witness) {
        refused(problem);
        Problems.refuse(request, problem, limits.discardBytes(), witness);
    }

    /** Answers, whether or not the body has come. */
    void refuse(HttpServerRequest request, Problem problem) {
        refused(problem);
        Problems.refuse(request, problem, limits.discardBytes());
    }

    private void fail(HttpServerRequest request, Throwable cause) {
        if (cause instanceof ClientGone) {
            return;
        }
        refuse(request, problem(cause));
    }

    /** What to say of a failure; logs one that nobody expected. */
    static Problem problem(Throwable cause) {
        if (cause instanceof ProblemException expected) {
            return expected.problem();
        }
        LOG.error("ingest failed", cause);
        return INTERNAL;
    }
}
