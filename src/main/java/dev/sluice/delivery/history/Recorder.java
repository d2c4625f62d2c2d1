package dev.sluice.delivery.history;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.DeliveryConfig.KeptAttempts;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.FailingWebhook;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.History;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.fault.Again;
import dev.sluice.fault.Outage;
import dev.sluice.fault.Retries;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the lanes of one event loop tell, and writes it several times a second: one write for all, and for each
 * webhook no more lines than are kept of it. One write at a time; what one held that failed since Redis is away goes with
 * the next, and of more lines than {@link #MOST} the oldest are dropped; what Redis refuses is lost. Tallies are bounded by the deliveries that the loop may hold. Confined
 * to that loop.
 */
public final class Recorder implements History {
    static final Duration EVERY = Duration.ofMillis(250);
    /** Lines that are written without waiting. */
    static final int ENOUGH = 4096;

    static final int MOST = 2 * ENOUGH;

    private final AttemptLog log;
    private final DeliveryConfig config;
    private final InstantSource clock;
    private final Timers timers;
    private final Consumer<FailingWebhook> failing;
    private final HistoryListener listener;
    private final Again writes;

    // confined state
    private Deque<AttemptRecord> attempts = new ArrayDeque<>();
    private Map<String, Tally> tallies = new HashMap<>();
    private Timers.@Nullable Timer due;
    private @Nullable Future<Void> writing;

    /** @param failing told after each write of a webhook that has failed too long, until it is disabled */
    public Recorder(
            AttemptLog log,
            DeliveryConfig config,
            InstantSource clock,
            Retries retries,
            Consumer<FailingWebhook> failing,
            HistoryListener listener) {
        this.log = log;
        this.config = config;
        this.clock = clock;
        this.timers = retries.timers();
        this.failing = failing;
        this.listener = listener;
        this.writes = retries.again("write the history");
    }

    @Override
    public void attempted(LaneKey lane, Delivery delivery, int number, Answer answer, Fate fate, Duration next) {
        Instant at = now();
        AttemptRecord attempt = new AttemptRecord(
                lane.webhookId(),
                delivery.id(),
                delivery.event().type(),
                number,
                at,
                Cut.of(answer, fate),
                fate,
                next.isZero() ? null : at.plus(next),
                null);
        tally(lane).attempted(attempt);
        keep(attempt);
    }

    @Override
    public void ended(LaneKey lane, String deliveryId, Fate fate, String reason) {
        tally(lane);
        keep(new AttemptRecord(lane.webhookId(), deliveryId, null, 0, now(), null, fate, null, Cut.of(reason)));
    }

    @Override
    public void circuit(LaneKey lane, Circuit.State state, String reason) {
        tally(lane).circuit(state, Cut.of(reason));
        schedule();
    }

    @Override
    public void startOver(LaneKey lane) {
        tally(lane).clear();
        schedule();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private Tally tally(LaneKey lane) {
        return tallies.computeIfAbsent(lane.webhookId(), first -> new Tally(lane));
    }

    private void keep(AttemptRecord attempt) {
        boolean wanted = config.history() == KeptAttempts.ALL
                || (config.history() == KeptAttempts.FAILURES && attempt.fate() != Fate.DELIVERED);
        if (wanted) {
            attempts.add(attempt);
            dropBeyondMost();
        }
        if (wanted && attempts.size() == ENOUGH) {
            write(); // once on the way up: while writing fails, the timer alone tries again
        }
        schedule();
    }

    private void dropBeyondMost() {
        int over = attempts.size() - MOST;
        if (over > 0) {
            for (int i = 0; i < over; i++) {
                attempts.remove();
            }
            listener.dropped(over);
        }
    }

    private void schedule() {
        if (due == null && writing == null && !tallies.isEmpty()) {
            due = timers.after(EVERY, this::write);
        }
    }

    private void write() {
        if (due != null) {
            due.cancel();
            due = null;
        }
        if (writing == null && !tallies.isEmpty()) {
            Future<Void> written = append();
            writing = written;
            written.onComplete(done -> {
                writing = null;
                schedule();
            });
        }
    }

    /** Completes also if it failed. */
    private Future<Void> append() {
        Deque<AttemptRecord> lines = attempts;
        Map<String, Tally> told = tallies;
        attempts = new ArrayDeque<>();
        tallies = new HashMap<>();
        List<Report> reports = reports(lines, told);
        List<Future<Optional<AttemptLog.Failing>>> rows = append(reports);
        return writes.watch(Future.join(rows))
                .onComplete(done -> settle(reports, rows, lines, told))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** A log that throws has refused all. */
    private List<Future<Optional<AttemptLog.Failing>>> append(List<Report> reports) {
        try {
            return log.append(reports);
        } catch (RuntimeException refused) {
            return Collections.nCopies(reports.size(), Future.failedFuture(refused));
        }
    }

    /** What is away is written again, with what came meanwhile; what Redis refuses is lost. */
    private void settle(
            List<Report> reports,
            List<Future<Optional<AttemptLog.Failing>>> rows,
            Deque<AttemptRecord> lines,
            Map<String, Tally> told) {
        Set<String> away = new HashSet<>();
        Set<String> refused = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            Future<Optional<AttemptLog.Failing>> row = rows.get(i);
            if (row.succeeded()) {
                judge(reports.get(i), row.result());
            } else {
                (Outage.is(row.cause()) ? away : refused)
                        .add(reports.get(i).lane().webhookId());
            }
        }
        if (!refused.isEmpty()) {
            listener.dropped((int) lines.stream()
                    .filter(line -> refused.contains(line.webhookId()))
                    .count());
        }
        if (!away.isEmpty()) {
            lines.removeIf(line -> !away.contains(line.webhookId()));
            told.keySet().retainAll(away);
            putBack(lines, told);
        }
    }

    /** Of more lines than the log keeps of a webhook, the older ones need not be written. */
    private List<Report> reports(Deque<AttemptRecord> lines, Map<String, Tally> told) {
        Map<String, Deque<AttemptRecord>> pages = new HashMap<>();
        for (Iterator<AttemptRecord> newest = lines.descendingIterator(); newest.hasNext(); ) {
            AttemptRecord attempt = newest.next();
            Deque<AttemptRecord> page = pages.computeIfAbsent(attempt.webhookId(), first -> new ArrayDeque<>());
            if (page.size() < config.attemptsPerWebhook()) {
                page.addFirst(attempt);
            }
        }
        List<Report> reports = new ArrayList<>(told.size());
        told.forEach((webhook, tally) ->
                reports.add(tally.report(List.copyOf(pages.getOrDefault(webhook, new ArrayDeque<>())))));
        return reports;
    }

    private void judge(Report report, Optional<AttemptLog.Failing> failed) {
        Duration most = config.disableAfter();
        failed.filter(row -> !most.isZero() && row.lasted().compareTo(most) >= 0)
                .ifPresent(row -> failing.accept(new FailingWebhook(report.lane(), row.since())));
    }

    private void putBack(Deque<AttemptRecord> lines, Map<String, Tally> told) {
        lines.addAll(attempts);
        attempts = lines;
        dropBeyondMost();
        tallies.forEach((webhook, later) -> told.merge(webhook, later, Tally::then));
        tallies = told;
    }

    @Override
    public Future<Void> drain() {
        Future<Void> former = writing == null ? Future.succeededFuture() : writing;
        return former.compose(done -> {
            write();
            return writing == null ? Future.succeededFuture() : writing;
        });
    }
}
