package dev.sluice.delivery.send.transform;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Where expressions are evaluated: off the event loop. */
interface Workers {
    /** One thread. */
    interface Worker {
        /** Completes on the event loop that called. */
        <T> Future<T> run(Callable<T> work);

        /** The thread ends when it is done. */
        void close();
    }

    Worker start();

    /** Threads of Vert.x, named after the event loop that starts them. Confined to that. */
    static Workers of(Vertx vertx) {
        return new Workers() {
            private int started;

            @Override
            public Worker start() {
                String name = "transform-%s-%d".formatted(Thread.currentThread().getName(), started++);
                return worker(vertx.createSharedWorkerExecutor(name, 1, 1, TimeUnit.MINUTES));
            }
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
