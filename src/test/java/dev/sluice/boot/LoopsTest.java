package dev.sluice.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopsTest {
    private static final int COUNT = 3;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(COUNT));

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void instancesOfOneNumberShareALoopWhateverElseAskedForOneMeanwhile() {
        Map<String, Thread> threads = new ConcurrentHashMap<>();
        Loops loops = Loops.open(vertx, COUNT).await();
        for (String stage : List.of("delivery", "journal", "fanout", "ingest")) {
            loops.stage(loop -> new Noting(threads, stage + loop)).deploy().await();
            vertx.deployVerticle(new Noting(threads, "between")).await();
        }

        List<Set<Thread>> byLoop = IntStream.range(0, COUNT)
                .mapToObj(loop -> threadsOf(threads, String.valueOf(loop)))
                .toList();
        assertThat(byLoop).allSatisfy(shared -> assertThat(shared).hasSize(1));
        assertThat(new HashSet<>(byLoop)).as("each number on a loop of its own").hasSize(COUNT);
    }

    private static Set<Thread> threadsOf(Map<String, Thread> threads, String number) {
        Set<Thread> shared = new HashSet<>();
        threads.forEach((name, thread) -> {
            if (name.endsWith(number)) {
                shared.add(thread);
            }
        });
        return shared;
    }

    /** Tells on which thread it was started. */
    private static final class Noting extends VerticleBase {
        private final Map<String, Thread> threads;
        private final String name;

        Noting(Map<String, Thread> threads, String name) {
            this.threads = threads;
            this.name = name;
        }

        @Override
        public Future<?> start() {
            threads.put(name, Thread.currentThread());
            return Future.succeededFuture();
        }
    }
}
