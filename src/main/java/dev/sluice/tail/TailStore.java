package dev.sluice.tail;

import io.vertx.core.Future;
import java.util.List;

/** Where the lines of all pods come together. Any thread. */
public interface TailStore {
    /** Somebody looks, for some seconds from now. */
    Future<Void> want();

    Future<Boolean> isWanted();

    Future<Void> append(List<TailLine> lines);

    /** @param place of a line, as it is told; in the order in which the lines came */
    record Placed(TailPlace place, TailLine line) {}

    /** Those behind the place, oldest first. */
    Future<List<Placed>> after(TailPlace place, int limit);

    /** Of the latest line. */
    Future<TailPlace> end();
}
