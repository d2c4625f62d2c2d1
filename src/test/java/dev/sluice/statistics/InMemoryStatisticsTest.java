package dev.sluice.statistics;

import dev.sluice.testing.InMemoryStatistics;
import io.vertx.core.Future;
import java.util.function.Supplier;

class InMemoryStatisticsTest extends StatisticsContract {
    private final Statistics statistics = new InMemoryStatistics();

    @Override
    protected Statistics statistics() {
        return statistics;
    }

    @Override
    protected <T> T get(Supplier<Future<T>> call) {
        return call.get().result();
    }
}
