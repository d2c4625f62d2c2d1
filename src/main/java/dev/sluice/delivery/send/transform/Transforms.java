package dev.sluice.delivery.send.transform;

import dev.sluice.config.TransformConfig;
import dev.sluice.memory.Quota;
import dev.sluice.subscription.Webhook;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import dev.sluice.time.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the transformations of webhooks, a few at a time and in turns. Confined to one event loop; the evaluation itself
 * happens on threads of its own.
 *
 * <p>Each webhook has a {@link Line}; lines that have something to run take {@link Turns} at the workers. An evaluation ends
 * itself when its budget is spent. Should one not, because the library is busy somewhere out of the budget's sight, then
 * its webhook is answered without it, its worker is replaced, up to a number, and the webhook runs no other until a while
 * after it ended. A tenant that has two of them runs none at all: the threads are there for the others.
 */
public final class Transforms {
    private static final Logger LOG = LoggerFactory.getLogger(Transforms.class);

    private static final int WORKERS = 2;
    /** With those that are stuck. */
    private static final int MOST_THREADS = 10;
    /** Of one tenant. */
    private static final int MOST_STUCK = 2;

    private static final long REST_NANOS = Duration.ofMinutes(1).toNanos();
    /** Beyond this a webhook of which something waits already is refused; lanes keep it from coming to that. */
    private static final int MOST_WAITING = 16_384;

    private static final int MOST_LINES = 1024;
    /** Between the time that an evaluation has and the time at which it is taken for stuck. */
    private static final int PATIENCE = 4;

    private static final String STUCK = "an earlier transformation of this webhook did not end in time";
    private static final String TENANT_STUCK = "two transformations of this tenant have not ended";
    private static final String NO_THREAD = "no thread is left: earlier transformations have not ended";

    private final TransformConfig config;
    private final Workers threads;
    private final Ticker ticker;
    private final Wheel wheel;
    private final Line.Reader reader;

    // confined state
    private final Map<String, Line> lines = new LinkedHashMap<>(16, 0.75f, true);
    private final Turns ready = new Turns();
    private final Deque<Workers.Worker> idle = new ArrayDeque<>();
    /** By tenant: evaluations that do not end. */
    private final Map<String, Integer> stuckOf = new HashMap<>();

    private int started;
    private int stuck;
    private int waiting;

    /** @param wheel of the event loop that calls */
    public Transforms(Vertx vertx, TransformConfig config, InstantSource clock, Ticker ticker, Wheel wheel) {
        this(Workers.of(vertx), config, clock, ticker, wheel);
    }

    Transforms(Workers threads, TransformConfig config, InstantSource clock, Ticker ticker, Wheel wheel) {
        this.threads = threads;
        this.config = config;
        this.ticker = ticker;
        this.wheel = wheel;
        this.reader = text -> Expression.read(text, config, ticker, clock);
    }

    /**
     * Never fails. What waits longer than the webhook's timeout is given up.
     *
     * @param webhook one that has a transformation
     * @param event   makes the JSON to transform; asked on another thread
     */
    /** Of the pod, for all that transform. */
    public static Quota memory() {
        return Budget.POT;
    }

    public Future<Transformed> apply(Webhook webhook, Supplier<byte[]> event) {
        Line line = line(webhook);
        String refusal = refusal(line);
        if (refusal != null) {
            return failed(refusal);
        }
        long giveUpAt = ticker.nanos() + webhook.target().timeout().toNanos();
        Promise<Transformed> answer = Promise.promise();
        waiting++;
        if (line.add(new Line.Job(event, giveUpAt, answer))) {
            ready.add(line);
        }
        pump();
        return answer.future();
    }

    private @Nullable String refusal(Line line) {
        if (line.rests(ticker.nanos())) {
            return STUCK;
        }
        if (stuckOf.getOrDefault(line.tenant(), 0) >= MOST_STUCK) {
            return TENANT_STUCK;
        }
        if (stuck == MOST_THREADS) {
            return NO_THREAD;
        }
        return waiting >= MOST_WAITING && line.waiting() > 0
                ? "%d transformations wait already".formatted(waiting)
                : null;
    }

    private Line line(Webhook webhook) {
        String text = Objects.requireNonNull(webhook.shape().transform(), "transform");
        Line known = lines.get(webhook.id());
        if (known != null && known.isOf(text)) {
            return known;
        }
        if (lines.size() >= MOST_LINES) {
            forgetOne();
        }
        Line line = new Line(webhook.tenant(), text);
        lines.put(webhook.id(), line);
        return line;
    }

    /** The one that was used least lately of those that have nothing to do; what is stuck stays. */
    private void forgetOne() {
        Iterator<Line> eldest = lines.values().iterator();
        while (eldest.hasNext()) {
            if (eldest.next().isIdle()) {
                eldest.remove();
                return;
            }
        }
    }

    int remembered() {
        return lines.size();
    }

    private void pump() {
        while (!ready.isEmpty() && hasWorker()) {
            Line line = ready.next();
            Line.Job job = line.start();
            waiting--;
            if (job.giveUpAt() - ticker.nanos() < 0) {
                job.answer().complete(new Transformed.Failed("waited too long for earlier transformations"));
                finished(line);
            } else {
                run(line, job, worker());
            }
        }
    }

    private boolean hasWorker() {
        return !idle.isEmpty() || (started - stuck < WORKERS && started < MOST_THREADS);
    }

    private Workers.Worker worker() {
        if (idle.isEmpty()) {
            started++;
            return threads.start();
        }
        return idle.remove();
    }

    private void run(Line line, Line.Job job, Workers.Worker worker) {
        long patience = config.timeout().toNanos() * PATIENCE;
        Timers.Timer watch = wheel.after(patience, () -> giveUp(line, job));
        worker.run(() -> line.evaluate(job, reader)).onComplete((transformed, failure) -> {
            watch.cancel();
            release(line, worker);
            job.answer()
                    .tryComplete(transformed != null ? transformed : new Transformed.Failed(String.valueOf(failure)));
            finished(line);
            pump();
        });
    }

    private void giveUp(Line line, Line.Job job) {
        stuck++;
        int ofTenant = stuckOf.merge(line.tenant(), 1, Integer::sum);
        line.stick();
        LOG.atError()
                .addKeyValue("tenant", line.tenant())
                .addKeyValue("stuck", stuck)
                .addKeyValue("most", MOST_THREADS)
                .log("a transformation does not end; its webhook rests, and its thread is replaced");
        String detail = "did not end in time and could not be stopped";
        job.answer().complete(new Transformed.Failed(detail));
        drop(line, detail);
        if (ofTenant >= MOST_STUCK) {
            ready.remove(line.tenant()).forEach(other -> drop(other, TENANT_STUCK));
        }
        while (stuck == MOST_THREADS && !ready.isEmpty()) {
            drop(ready.next(), NO_THREAD);
        }
        pump();
    }

    private void drop(Line line, String detail) {
        for (Line.Job job : line.drop()) {
            waiting--;
            job.answer().complete(new Transformed.Failed(detail));
        }
    }

    /** A worker that comes back from being stuck is one too many: it was replaced. */
    private void release(Line line, Workers.Worker worker) {
        if (line.isStuck()) {
            stuck--;
            stuckOf.computeIfPresent(line.tenant(), (tenant, count) -> count == 1 ? null : count - 1);
            started--;
            line.rest(ticker.nanos() + REST_NANOS);
            LOG.atInfo()
                    .addKeyValue("tenant", line.tenant())
                    .addKeyValue("stuck", stuck)
                    .log("a transformation that did not end has ended; its webhook rests for a minute");
            worker.close();
        } else {
            idle.add(worker);
        }
    }

    private void finished(Line line) {
        if (line.finish()) {
            ready.add(line);
        }
    }

    private static Future<Transformed> failed(String detail) {
        return Future.succeededFuture(new Transformed.Failed(detail));
    }
}
