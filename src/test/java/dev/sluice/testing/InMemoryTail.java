package dev.sluice.testing;

import dev.sluice.tail.TailLine;
import dev.sluice.tail.TailPlace;
import dev.sluice.tail.TailStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lines in the order in which they were told. Any thread. */
public final class InMemoryTail implements TailStore {
    private final List<Placed> lines = new CopyOnWriteArrayList<>();
    private volatile boolean wanted;

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
        told.forEach(line -> lines.add(new Placed(new TailPlace(1, lines.size() + 1), line)));
        return Future.succeededFuture();
    }

    public List<TailLine> lines() {
        return lines.stream().map(Placed::line).toList();
    }

    @Override
    public Future<List<Placed>> after(TailPlace place, int limit) {
        return Future.succeededFuture(lines.stream()
                .filter(line -> line.place().compareTo(place) > 0)
                .limit(limit)
                .toList());
    }

    @Override
    public Future<TailPlace> end() {
        return Future.succeededFuture(
                lines.isEmpty()
                        ? new TailPlace(0, 0)
                        : lines.get(lines.size() - 1).place());
    }
}
