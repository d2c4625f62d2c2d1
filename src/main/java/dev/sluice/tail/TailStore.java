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

    /** How a page follows on the line at the place that was asked for. */
    enum Join {
        /** That line is still there: what follows is what came next. */
        NEXT,
        /** It is not there any more, and perhaps some behind it. */
        LATER,
        /** Neither it nor any behind it. */
        NOTHING
    }

    /**
     * @param lines  as far as they can be read
     * @param end    of the page
     * @param isMore there are more behind
     */
    record Page(Join join, List<Placed> lines, TailPlace end, boolean isMore) {}

    /** Those behind the place, oldest first. */
    Future<Page> after(TailPlace place, int limit);

    /** Of the latest line. */
    Future<TailPlace> end();
}
