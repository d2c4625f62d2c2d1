package dev.sluice.sim;

import dev.sluice.sim.redis.ModelRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The one Redis: its commands come over lines, each in its order, and those that wait hold up those behind them on their line. */
final class SimServer {
    /** When the world began, by the clock of Redis. */
    static final long EPOCH_MICROS = 1_795_000_000_000_000L;

    private final Scheduler scheduler;
    final ModelRedis redis;
    private final Deeds deeds;
    private final List<SimLine> lines = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean down;
    private long runs = 1;
    private long replicated = Long.MAX_VALUE;

    /** @param violation told of what should not have been done */
    SimServer(Scheduler scheduler, UnaryOperator<String> mutation, Consumer<String> violation) {
        this.scheduler = scheduler;
        this.deeds = new Deeds(this, violation);
        this.redis = new ModelRedis(() -> EPOCH_MICROS + scheduler.now() / Times.MICRO, mutation);
    }

    /** A command that waits for entries of streams. */
    private static final class Waiting {
        final SimLine line;
        final List<String> words;
        final Consumer<Object> answer;

        Waiting(SimLine line, List<String> words, Consumer<Object> answer) {
            this.line = line;
            this.words = words;
            this.answer = answer;
        }
    }

    boolean isDown() {
        return down;
    }

    void connected(SimLine line) {
        lines.add(line);
    }

    void gone(SimLine line) {
        lines.remove(line);
        waiting.removeIf(one -> one.line == line);
    }

    List<SimLine> lines() {
        return lines;
    }

    /** @param answer told at once, or when something came or the wait is over */
    void execute(SimLine line, List<String> words, Consumer<Object> answer) {
        if (words.get(0).equalsIgnoreCase("WAIT")) {
            waitForReplicas(line, words, answer);
            return;
        }
        long before = redis.writes();
        Object answered = deeds.execute(words);
        if (redis.writes() != before) {
            line.wrote(redis.writes());
        }
        long wait = answered == null ? wait(words) : 0;
        if (wait == 0) {
            answer.accept(answered);
            wake();
            return;
        }
        Waiting one = new Waiting(line, words, answer);
        waiting.add(one);
        scheduler.after(wait, () -> {
            if (waiting.remove(one)) {
                answer.accept(null);
            }
        });
    }

    /** They have all but what was written since they hear nothing. */
    private void waitForReplicas(SimLine line, List<String> words, Consumer<Object> answer) {
        if (line.lastWrite() <= replicated) {
            answer.accept(Long.parseLong(words.get(1)));
        } else {
            scheduler.after(Long.parseLong(words.get(2)) * Times.MILLI, () -> answer.accept(0L));
        }
    }

    /** The replica hears nothing from now on. */
    ModelRedis.Replica partReplica() {
        replicated = Math.min(replicated, redis.writes());
        return redis.replica();
    }

    private static long wait(List<String> words) {
        if (!words.get(0).toUpperCase(Locale.ROOT).startsWith("XREAD")) {
            return 0;
        }
        int at = words.indexOf("BLOCK");
        return at < 0 ? 0 : Long.parseLong(words.get(at + 1)) * Times.MILLI;
    }

    private void wake() {
        if (waiting.isEmpty() || !redis.takeGrown()) {
            return;
        }
        for (Waiting one : List.copyOf(waiting)) {
            Object answered = redis.execute(one.words);
            if (answered != null && waiting.remove(one)) {
                one.answer.accept(answered);
            }
        }
    }

    /** All lines break. */
    void cutAll() {
        List.copyOf(lines).forEach(SimLine::cut);
    }

    /** It is away for so long, with what it has. */
    void restart(long nanos) {
        down = true;
        cutAll();
        waiting.clear();
        redis.restart(++runs);
        scheduler.after(nanos, () -> down = false);
    }

    /** A replica takes over, which has what there was so long ago; this one is away until then. */
    void failOver(ModelRedis.Replica replica, long nanos) {
        down = true;
        cutAll();
        waiting.clear();
        redis.failOver(replica, ++runs);
        replicated = Long.MAX_VALUE;
        scheduler.after(nanos, () -> down = false);
    }
}
