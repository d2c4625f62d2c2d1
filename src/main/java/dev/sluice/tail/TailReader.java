package dev.sluice.tail;

import dev.sluice.fault.Again;
import dev.sluice.fault.Retries;
import dev.sluice.time.Timers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads for the listeners of one event loop, while it has any. Confined to that loop, but {@link #end}, which any thread
 * may call.
 */
public final class TailReader {
    static final int MOST_LISTENERS = 50;
    static final Duration EVERY = Duration.ofMillis(250);

    private static final int PAGE = 500;
    /** Of looks: 15 s. */
    private static final int BEAT = 60;
    /** Of looks: 3 s. */
    private static final int WANT = 12;

    private final Tail tail;
    private final Retries retries;
    private final Again reads;

    // confined state
    private final Set<TailListener> listeners = new LinkedHashSet<>();
    private Timers.@Nullable Timer looking;
    private long looks;

    // written by the thread that ends the pod
    private volatile boolean ending;

    public TailReader(Tail tail, Retries retries) {
        this.tail = tail;
        this.retries = retries;
        this.reads = retries.again("read the tail");
    }

    /** No listener more, and those that are there are told that it is over. */
    public void end() {
        ending = true;
    }

    boolean isFull() {
        return ending || listeners.size() >= MOST_LISTENERS;
    }

    /** @param place where it was before, if it was */
    void add(TailListener listener, Optional<TailPlace> place) {
        listeners.add(listener);
        tail.look();
        reads.watch(tail.store().want());
        place.ifPresentOrElse(
                listener::begin, () -> reads.watch(tail.store().end()).onSuccess(listener::begin));
        if (looking == null) {
            looking = retries.timers().every(EVERY, this::look);
        }
    }

    void remove(TailListener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty() && looking != null) {
            looking.cancel();
            looking = null;
        }
    }

    private void look() {
        looks++;
        if (ending) {
            List.copyOf(listeners).forEach(TailListener::end);
            return;
        }
        if (looks % WANT == 0) {
            reads.watch(tail.store().want());
        }
        if (looks % BEAT == 0) {
            List.copyOf(listeners).forEach(TailListener::beat);
        }
        read();
    }

    /** For those that have room, once for all that are at one place. Nobody waits for who is behind. */
    private void read() {
        listeners.stream()
                .filter(TailListener::isWaiting)
                .collect(Collectors.groupingBy(listener -> Objects.requireNonNull(listener.last())))
                .forEach(this::read);
    }

    private void read(TailPlace from, List<TailListener> together) {
        together.forEach(listener -> listener.reading(true));
        reads.watch(tail.store().after(from, PAGE)).onComplete(found -> {
            together.forEach(listener -> listener.reading(false));
            if (found.succeeded()) {
                together.stream().filter(listeners::contains).forEach(listener -> listener.take(found.result()));
                if (found.result().isMore()) {
                    read();
                }
            }
        });
    }
}
