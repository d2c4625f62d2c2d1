package dev.sluice.sim;

import dev.sluice.time.Timers;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The event loop of one process, on the time of the simulation. It gives out a Vert.x that can do what the code below the verticles
 * asks of one: contexts, timers, a bus. Whatever else is asked of it fails.
 *
 * <p>While the process sleeps nothing runs, and what came meanwhile runs when it wakes; when it is dead nothing runs any more.
 */
final class SimLoop implements Timers {
    private final Scheduler scheduler;
    final ContextInternal context;
    final Vertx vertx;
    private final Map<Long, Timer> timers = new HashMap<>();
    private long nextTimer;
    private Runnable afterwards;
    private int turnsLeft;
    private boolean dead;
    private long awakeFrom;

    SimLoop(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.context = fake(ContextInternal.class, this::onContext);
        SimBus bus = new SimBus(this);
        this.vertx = fake(Vertx.class, (proxy, method, given) -> onVertx(bus, method, given));
    }

    static <T> T fake(Class<T> type, InvocationHandler does) {
        Object fake = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
            return switch (method.getName()) {
                case "equals" -> proxy == given[0];
                case "hashCode" -> type.hashCode();
                case "toString" -> "simulated " + type.getSimpleName();
                default -> does.invoke(proxy, method, given);
            };
        });
        return type.cast(fake);
    }

    static UnsupportedOperationException unknown(Method method) {
        return new UnsupportedOperationException(method + " is not simulated");
    }

    private Object onContext(Object proxy, Method method, Object[] given) {
        return switch (method.getName()) {
            case "unwrap" -> proxy;
            case "inThread" -> true;
            case "owner" -> vertx;
            case "runOnContext" -> {
                run(() -> handle(given[0]));
                yield null;
            }
            default -> throw unknown(method);
        };
    }

    @SuppressWarnings("unchecked")
    private static void handle(Object handler) {
        ((Handler<Void>) handler).handle(null);
    }

    @SuppressWarnings("unchecked")
    private Object onVertx(SimBus bus, Method method, Object[] given) {
        return switch (method.getName()) {
            case "getOrCreateContext" -> context;
            case "eventBus" -> bus.bus;
            case "runOnContext" -> {
                run(() -> handle(given[0]));
                yield null;
            }
            case "setTimer" -> remember(after(Duration.ofMillis((long) given[0]), fire((Handler<Long>) given[1])));
            case "setPeriodic" -> remember(every(Duration.ofMillis((long) given[0]), fire((Handler<Long>) given[1])));
            case "cancelTimer" -> {
                Timer timer = timers.remove((long) given[0]);
                if (timer != null) {
                    timer.cancel();
                }
                yield timer != null;
            }
            case "executeBlocking" -> blocking((Callable<Object>) given[0]);
            default -> throw unknown(method);
        };
    }

    private static Runnable fire(Handler<Long> handler) {
        return () -> handler.handle(0L);
    }

    private long remember(Timer timer) {
        timers.put(nextTimer, timer);
        return nextTimer++;
    }

    private Object blocking(Callable<Object> work) {
        Promise<Object> done = Promise.promise();
        scheduler.after(
                scheduler.between(Times.MICRO, Times.MILLI),
                () -> run(() -> {
                    try {
                        done.complete(work.call());
                    } catch (Exception failed) {
                        done.fail(failed);
                    }
                }));
        return done.future();
    }

    /** In a turn of its own. */
    void run(Runnable action) {
        scheduler.after(0, () -> turn(action));
    }

    /** Now, if the process runs. */
    void turn(Runnable action) {
        if (dead) {
            return;
        }
        if (scheduler.now() < awakeFrom) {
            scheduler.at(awakeFrom, () -> turn(action));
            return;
        }
        ContextInternal before = CurrentContext.set(context);
        try {
            action.run();
        } finally {
            CurrentContext.set(before);
        }
        countDown();
    }

    private void countDown() {
        Runnable last = afterwards;
        if (last != null && turnsLeft-- <= 0) {
            afterwards = null;
            last.run();
        }
    }

    /** Something that happens to it behind so many more turns. */
    void afterTurns(int turns, Runnable action) {
        turnsLeft = turns;
        afterwards = action;
    }

    boolean isAwake() {
        return !dead && scheduler.now() >= awakeFrom;
    }

    void sleep(long nanos) {
        awakeFrom = Math.max(awakeFrom, scheduler.now() + nanos);
    }

    void die() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return once(Math.max(Times.MILLI, delay.toNanos()), action);
    }

    private Timer once(long nanos, Runnable action) {
        boolean[] cancelled = new boolean[1];
        Scheduler.Step step = scheduler.after(
                nanos,
                () -> turn(() -> {
                    if (!cancelled[0]) {
                        action.run();
                    }
                }));
        return () -> {
            cancelled[0] = true;
            step.cancel();
        };
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        Timer[] next = new Timer[1];
        boolean[] cancelled = new boolean[1];
        Runnable again = new Runnable() {
            @Override
            public void run() {
                next[0] = once(Math.max(Times.MILLI, period.toNanos()), this);
                action.run();
                if (cancelled[0]) {
                    next[0].cancel();
                }
            }
        };
        next[0] = once(Math.max(Times.MILLI, period.toNanos()), again);
        return () -> {
            cancelled[0] = true;
            next[0].cancel();
        };
    }
}
