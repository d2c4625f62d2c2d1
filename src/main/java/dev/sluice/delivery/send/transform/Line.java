package dev.sluice.delivery.send.transform;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the expression of one webhook. Confined to one event loop, except for {@link #expression}.
 *
 * <p>One evaluation at a time: so an expression that is slow delays no other webhook, and one that never ends holds one
 * thread.
 */
final class Line {
    /** @param giveUpAt nanoseconds of the ticker */
    record Job(Supplier<byte[]> event, long giveUpAt, Promise<Transformed> answer) {}

    private final String tenant;
    private final String text;
    private final Deque<Job> waiting = new ArrayDeque<>();

    // confined state
    private boolean running;
    private boolean stuck;
    /** Nanoseconds of the ticker; null if it never was stuck. */
    private @Nullable Long restsUntil;

    /** Read by the thread that first evaluates it, and handed from one to the next through the event loop. */
    private @Nullable Expression expression;

    Line(String tenant, String text) {
        this.tenant = tenant;
        this.text = text;
    }

    String tenant() {
        return tenant;
    }

    boolean isOf(String other) {
        return text.equals(other);
    }

    boolean isIdle() {
        return !running && waiting.isEmpty();
    }

    boolean isStuck() {
        return stuck;
    }

    /** True if an evaluation did not end, or did so only lately. */
    boolean rests(long now) {
        return stuck || (restsUntil != null && restsUntil - now > 0);
    }

    int waiting() {
        return waiting.size();
    }

    /** True if the line has something to run from now on. */
    boolean add(Job job) {
        waiting.add(job);
        return !running && waiting.size() == 1;
    }

    Job start() {
        running = true;
        return waiting.remove();
    }

    /** The evaluation under way does not end. */
    void stick() {
        stuck = true;
    }

    /** It ended after all. */
    void rest(long until) {
        restsUntil = until;
    }

    /** Gives back all that waits. */
    List<Job> drop() {
        List<Job> left = List.copyOf(waiting);
        waiting.clear();
        return left;
    }

    /** True if the line has more to run. */
    boolean finish() {
        running = false;
        stuck = false;
        return !waiting.isEmpty();
    }

    /** On the thread that evaluates. */
    Transformed evaluate(Job job, Reader reader) {
        try {
            if (expression == null) {
                expression = reader.read(text);
            }
        } catch (RuntimeException | StackOverflowError unreadable) {
            return Expression.unreadable(unreadable);
        }
        return expression.apply(job.event().get());
    }

    /** Makes an expression of its text. */
    interface Reader {
        Expression read(String text);
    }
}
