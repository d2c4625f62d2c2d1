package dev.sluice.delivery.send.transform;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where expressions are evaluated: off the event loop. */
interface Workers {
    /** One thread. */
    interface Worker {
        /** Completes on the event loop that called. */
        <T> Future<T> run(Callable<T> work);

        /** The thread ends when it is done. */
        void close();
    }

    /** By all event loops, and by each for deliveries and for tests apart. */
    AtomicInteger STARTED = new AtomicInteger();

    Worker start();

    /** Threads of Vert.x, of which those of one name are one: no two may have it. Named after the event loop that starts them. */
    static Workers of(Vertx vertx) {
        return () -> {
            String name = "transform-%s-%d".formatted(Thread.currentThread().getName(), STARTED.getAndIncrement());
            return worker(vertx.createSharedWorkerExecutor(name, 1, 1, TimeUnit.MINUTES));
        };
    }

    private static Worker worker(WorkerExecutor executor) {
        return new Worker() {
            @Override
            public <T> Future<T> run(Callable<T> work) {
                return executor.executeBlocking(work, false);
            }

            @Override
            public void close() {
                executor.close();
            }
        };
    }
}
