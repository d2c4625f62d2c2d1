package dev.sluice.trace;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.delivery.send.Attempt;
import dev.sluice.delivery.send.Sender;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Sends with a span around each attempt, whose parts are spans below it; the endpoint is told that span as its parent. Of the
 * URL the host alone is said, since secrets may stand in the rest of it. Confined to the event loop of the sender.
 */
final class TracedSender implements Sender {
    private final Sender sender;
    private final Sampler sampler;
    private final Moments moments;
    private final Spans spans;

    TracedSender(Sender sender, Sampler sampler, Moments moments, Spans spans) {
        this.sender = sender;
        this.sampler = sampler;
        this.moments = moments;
        this.spans = spans;
    }

    @Override
    public Future<Answer> send(Attempt attempt) {
        Trace trace = sampler.of(attempt.event());
        if (trace == null) {
            return sender.send(attempt);
        }
        long begun = moments.now();
        long id = trace.attempt(attempt.webhook().id(), attempt.number(), begun);
        return sender.send(attempt.in(trace.context(id)))
                .onSuccess(answer -> trace(new Span.Place(trace, id, trace.fanout()), attempt, answer));
    }

    private void trace(Span.Place place, Attempt attempt, Answer answer) {
        long end = moments.now();
        long start = end - answer.took().toNanos();
        Map<String, Object> said = new HashMap<>(16);
        said.put(Said.EVENT, attempt.event().id().text());
        said.put(Said.TENANT, attempt.webhook().tenant());
        said.put(Said.WEBHOOK, attempt.webhook().id());
        said.put(Said.NUMBER, (long) attempt.number());
        said.put(Said.METHOD, "POST");
        said.put(Said.HOST, String.valueOf(attempt.webhook().target().url().getHost()));
        SentAgain again = answer.sentAgain();
        if (again != null) {
            said.put(Said.AGAIN, again.text());
        }
        boolean failed = say(answer, said);
        spans.add(new Span(place, Span.Step.ATTEMPT, start, end, said, failed, answer.split()));
    }

    /** Answers whether it failed. */
    private static boolean say(Answer answer, Map<String, Object> said) {
        if (answer instanceof Answer.Status status) {
            boolean failed = status.code() / 100 != 2;
            said.put(Said.STATUS, (long) status.code());
            if (failed) {
                said.put(Said.ERROR, String.valueOf(status.code()));
            }
            return failed;
        }
        if (answer instanceof Answer.Failure failure) {
            said.put(Said.ERROR, failure.kind().name().toLowerCase(Locale.ROOT));
        }
        return true;
    }
}
