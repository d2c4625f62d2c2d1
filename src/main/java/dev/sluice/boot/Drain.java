package dev.sluice.boot;

import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Undoes what was started, and nothing else, the latest first, within one budget. Any thread.
 *
 * <p>A step that is not done at its mark is left, and said so; the next one begins. Each has a thread of its own, since
 * one that blocks may not hold the others, and none of them keeps the process.
 */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final Ticker ticker;
    private final Deque<Undo> started = new ConcurrentLinkedDeque<>();
    private volatile @Nullable Budget budget;
    private volatile boolean gaveUp;

    /** Ends what was started; nobody waits for it longer than {@code patience}. May block, may fail. */
    interface Ending {
        Future<?> within(Duration patience) throws Exception;
    }

    /** @param left tells what is given up; asked only then */
    private record Undo(DrainStep step, Ending ending, Supplier<String> left) {}

    /** One deadline for all steps. */
    record Budget(long began, Duration whole) {
        private static final Duration LEAST = Duration.ofMillis(1);

        /** Until the mark of the step, whatever was used before; never nothing, so that each is begun. */
        Duration patience(DrainStep step, long now) {
            Duration untilMark = Duration.ofNanos((long) (whole.toNanos() * step.mark()) - (now - began));
            return untilMark.compareTo(LEAST) < 0 ? LEAST : untilMark;
        }
    }

    Drain(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * To be called when something was started.
     *
     * @throws StartFailure if the drain has begun, and nothing more may be started
     */
    void started(DrainStep step, Ending ending) {
        started(step, ending, () -> "");
    }

    /** As above. {@code left} tells what is given up if it does not end in time. */
    void started(DrainStep step, Ending ending, Supplier<String> left) {
        started.push(new Undo(step, ending, left));
        if (budget != null) {
            throw new StartFailure("told to end while it started");
        }
    }

    /** Whether something was left that it waited for, so far. */
    boolean gaveUp() {
        return gaveUp;
    }

    /** Blocks, for no longer than the budget that was given first. Called again, it ends what was started since. */
    synchronized void run(Duration whole) {
        Budget first = budget;
        Budget running = first == null ? new Budget(ticker.nanos(), whole) : first;
        budget = running;
        for (Undo next = started.poll(); next != null; next = started.poll()) {
            end(next, running);
        }
    }

    private void end(Undo undo, Budget running) {
        long since = ticker.nanos();
        Duration patience = running.patience(undo.step(), since);
        try {
            begun(undo, patience).get(patience.toNanos(), TimeUnit.NANOSECONDS);
            say(Level.INFO, undo, since).log("drained");
        } catch (TimeoutException late) {
            gaveUp = true;
            String left = undo.left().get();
            say(Level.WARN, undo, since).log("not drained in time, given up{}", left.isEmpty() ? "" : ": " + left);
        } catch (ExecutionException failed) {
            gaveUp = true;
            say(Level.WARN, undo, since)
                    .addKeyValue("cause", String.valueOf(failed.getCause()))
                    .log("not drained, failed");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompletableFuture<Void> begun(Undo undo, Duration patience) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        undo.ending()
                                .within(patience)
                                .onSuccess(ended -> done.complete(null))
                                .onFailure(done::completeExceptionally);
                    } catch (Exception thrown) {
                        done.completeExceptionally(thrown);
                    }
                },
                "sluice-drain-" + undo.step());
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private LoggingEventBuilder say(Level level, Undo undo, long since) {
        return LOG.atLevel(level)
                .addKeyValue("step", undo.step())
                .addKeyValue("took", Duration.ofNanos(ticker.nanos() - since).truncatedTo(ChronoUnit.MILLIS));
    }
}
