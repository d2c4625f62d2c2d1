package dev.sluice.tail;

import dev.sluice.tail.TailStore.Join;
import dev.sluice.tail.TailStore.Page;
import dev.sluice.tail.TailStore.Placed;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/** One request to the tail, whose answer goes on. Confined to the event loop of its connection. */
final class TailListener {
    private final WriteStream<Buffer> response;
    private final TailFilter filter;
    private final Runnable admission;

    // confined state
    private @Nullable TailPlace last;
    private boolean isReading;
    private boolean isEnded;
    /** It had all there was. */
    private boolean hasAll;
    /** There is no line to follow on: whatever comes first is next. */
    private boolean isFresh;

    /** @param admission throws if the listener may not look any more */
    TailListener(WriteStream<Buffer> response, TailFilter filter, Runnable admission) {
        this.response = response;
        this.filter = filter;
        this.admission = admission;
    }

    /** Null while it is not known where to begin. */
    @Nullable
    TailPlace last() {
        return last;
    }

    void begin(TailPlace place) {
        last = place;
        isFresh = place.equals(TailPlace.START);
    }

    /** It has room, and nobody reads for it. */
    boolean isWaiting() {
        return last != null && !isEnded && !isReading && !response.writeQueueFull();
    }

    void reading(boolean now) {
        isReading = now;
    }

    /** What was read behind its place; what it has no room for is read again. */
    void take(Page page) {
        if (!isFresh && isApart(page)) {
            write(last, TailLine.Kind.MISSED, "{}");
        }
        isFresh = page.join() == Join.NOTHING;
        hasAll = false;
        for (Placed placed : page.lines()) {
            if (response.writeQueueFull()) {
                return;
            }
            tell(placed);
        }
        last = page.end();
        hasAll = !page.isMore();
    }

    /** Lines that it has not seen are not kept any more. A stream that nobody wrote to for long is gone without a loss. */
    private boolean isApart(Page page) {
        return page.join() == Join.LATER || (page.join() == Join.NOTHING && !hasAll);
    }

    private void tell(Placed placed) {
        last = placed.place();
        if (filter.wants(placed.line())) {
            write(placed.place(), placed.line().kind(), placed.line().json());
        }
    }

    private void write(@Nullable TailPlace place, TailLine.Kind kind, String json) {
        response.write(Buffer.buffer("id: %s\nevent: %s\ndata: %s\n\n".formatted(place, kind.text(), json)));
    }

    /** Says that the connection is alive; ends it if its key is gone. */
    void beat() {
        try {
            admission.run();
            response.write(Buffer.buffer(":\n\n"));
        } catch (RuntimeException notAnyMore) {
            end();
        }
    }

    void end() {
        if (!isEnded) {
            isEnded = true;
            response.end();
        }
    }
}
