package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.impl.VertxThread;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Looks at every event loop of this JVM, and remembers what one piece of work held it with. What counts is the processor time of
 * the loop's thread: a machine that has much else to do takes no more of it. So the bound is one that only work without a bound
 * comes to; what takes 50 ms is counted by a pod itself.
 */
public final class LoopGuard {
    private static final Duration MOST = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final LoopGuard INSTANCE = new LoopGuard("vert.x-eventloop-thread-");

    private final String name;
    private final List<String> held = new CopyOnWriteArrayList<>();

    // of the thread that looks
    private final Map<Long, Work> known = new HashMap<>();

    /** @param processor time of the thread when this was seen first */
    private record Work(long since, long processor) {}

    /** @param name how those threads are called that are looked at */
    LoopGuard(String name) {
        this.name = name;
        new Timer("loop-guard", true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                look();
                            }
                        },
                        0,
                        LOOK.toMillis());
    }

    /** From the first call on. */
    public static void requireNoneHeld() {
        INSTANCE.require();
    }

    void require() {
        assertThat(held).as("pieces of work that hold an event loop").isEmpty();
    }

    boolean hasFound() {
        return !held.isEmpty();
    }

    private void look() {
        Thread[] threads = new Thread[4 * Thread.activeCount() + 100];
        int count = root().enumerate(threads);
        Arrays.stream(threads, 0, count)
                .filter(thread -> thread.getName().startsWith(name))
                .forEach(this::look);
    }

    private void look(Thread thread) {
        if (!(thread instanceof VertxThread loop)) {
            return;
        }
        long since = loop.startTime();
        long processor = THREADS.getThreadCpuTime(thread.getId());
        Work work = known.get(thread.getId());
        if (since == 0 || work == null || work.since() != since) {
            known.put(thread.getId(), new Work(since, processor));
        } else if (processor - work.processor() > MOST.toNanos()) {
            known.put(thread.getId(), new Work(0, processor));
            held.add(Arrays.stream(thread.getStackTrace())
                    .limit(30)
                    .map(StackTraceElement::toString)
                    .collect(Collectors.joining("\n  at ", thread.getName() + "\n  at ", "\n")));
        }
    }

    private static ThreadGroup root() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
