package dev.sluice.delivery.redis;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Outcome;
import dev.sluice.event.Event;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Outcomes as the records that {@code delivery-write.lua} reads. Used for one outcome. */
final class Records implements Outcome.Writer {
    private final boolean doubtful;
    private final String life;
    private final Request request;

    private Records(boolean doubtful, String life, Request request) {
        this.doubtful = doubtful;
        this.life = life;
        this.request = request;
    }

    /**
     * @param doubtful Redis may have lost the delivery: the record carries the whole of it
     * @param life     that has in hand what is kept
     */
    static void write(Outcome outcome, boolean doubtful, String life, Request request) {
        outcome.writeTo(new Records(doubtful, life, request));
    }

    @Override
    public void park(Outcome.Park park) {
        begin("park", park).arg(fence(park));
        request.arg(ceilMillis(park.delay())).arg(ceilMillis(park.rest()));
        body(park.delivery(), isWhole(park), request);
    }

    @Override
    public void keep(Outcome.Keep keep) {
        begin("keep", keep).arg(life);
        body(keep.delivery(), isWhole(keep), request);
    }

    @Override
    public void merge(Outcome.Merge merge) {
        begin("merge", merge).arg(merge.slot());
        request.arg(ceilMillis(merge.quiet())).arg(ceilMillis(merge.most()));
        body(merge.delivery(), isWhole(merge), request);
    }

    @Override
    public void giveBack(Outcome.Return back) {
        begin("back", back).arg(fence(back)).arg(back.place());
        body(back.delivery(), isWhole(back), request);
    }

    @Override
    public void bury(Outcome.Bury bury) {
        begin("bury", bury).arg(fence(bury));
        request.arg(bury.reason()).arg(ceilMillis(bury.rest()));
        body(bury.delivery(), isWhole(bury), request);
    }

    @Override
    public void finish(Outcome.Finish finish) {
        begin("finish", finish).arg(fence(finish));
    }

    private Request begin(String kind, Outcome outcome) {
        return request.arg(kind).arg(outcome.delivery().id());
    }

    private boolean isWhole(Outcome outcome) {
        return isWhole(outcome, doubtful);
    }

    private static boolean isWhole(Outcome outcome, boolean doubtful) {
        boolean isFresh = outcome instanceof Outcome.Keep || outcome instanceof Outcome.Merge;
        return isFresh || doubtful || !outcome.delivery().isParked();
    }

    /**
     * The events whose data lies by itself and has to be there before the outcomes are written, by their ids.
     *
     * @param doubtful as of {@link #write}
     */
    static Map<String, Event> apart(List<Outcome> outcomes, Predicate<Delivery> doubtful) {
        Map<String, Event> apart = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            Event event = outcome.delivery().event();
            boolean isEnd = outcome instanceof Outcome.Finish;
            if (!isEnd && Bodies.isApart(event) && isWhole(outcome, doubtful.test(outcome.delivery()))) {
                apart.put(event.id().text(), event);
            }
        }
        return apart;
    }

    static void body(Delivery delivery, boolean whole, Request request) {
        Event event = delivery.event();
        Buffer packed = whole ? Packed.pack(event) : null;
        request.arg(delivery.key() == null ? "" : delivery.key());
        request.arg(packed == null ? 0 : Packed.bytes(event, packed));
        request.arg(packed != null && Bodies.isApart(event) ? event.id().text() : "");
        DeliveryFields.write(delivery, packed, request);
    }

    private static int fence(Outcome outcome) {
        return outcome.delivery().isParked() ? outcome.found() : -1;
    }

    /** Never earlier. */
    static long ceilMillis(Duration duration) {
        return duration.plusNanos(999_999).toMillis();
    }
}
