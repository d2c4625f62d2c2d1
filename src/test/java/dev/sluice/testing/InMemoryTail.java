package dev.sluice.testing;

import dev.sluice.tail.TailLine;
import dev.sluice.tail.TailPlace;
import dev.sluice.tail.TailStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Lines in the order in which they were told. Any thread. */
public class InMemoryTail implements TailStore {
    private final List<Placed> lines = new CopyOnWriteArrayList<>();
    private volatile boolean wanted;
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public Future<Void> want() {
        wanted = true;
        return Future.succeededFuture();
    }

    @Override
    public Future<Boolean> isWanted() {
        return Future.succeededFuture(wanted);
    }

    /** Nobody looks any more. */
    public void unwant() {
        wanted = false;
    }

    @Override
    public Future<Void> append(List<TailLine> told) {
        told.forEach(line -> lines.add(new Placed(new TailPlace(1, count.incrementAndGet()), line)));
        return Future.succeededFuture();
    }

    public List<TailLine> lines() {
        return lines.stream().map(Placed::line).toList();
    }

    /** As too many came behind them, or nobody wrote for long. */
    public void forget(int oldest) {
        lines.subList(0, oldest).clear();
    }

    @Override
    public Future<Page> after(TailPlace place, int limit) {
        List<Placed> from = lines.stream()
                .filter(line -> line.place().compareTo(place) >= 0)
                .limit(limit + 1L)
                .toList();
        if (from.isEmpty()) {
            return Future.succeededFuture(new Page(Join.NOTHING, from, place, false));
        }
        boolean isNext = from.get(0).place().equals(place);
        return Future.succeededFuture(new Page(
                isNext ? Join.NEXT : Join.LATER,
                from.subList(isNext ? 1 : 0, from.size()),
                from.get(from.size() - 1).place(),
                from.size() > limit));
    }

    @Override
    public Future<TailPlace> end() {
        return Future.succeededFuture(
                lines.isEmpty()
                        ? new TailPlace(0, 0)
                        : lines.get(lines.size() - 1).place());
    }
}
