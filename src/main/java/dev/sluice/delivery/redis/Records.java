package dev.sluice.delivery.redis;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.Parking.Outcome;
import io.vertx.redis.client.Request;
import java.time.Duration;

/** Outcomes as the records that {@code delivery-write.lua} reads. */
final class Records {
    private Records() {}

    /** @param doubtful Redis may have lost the delivery: the record carries the whole of it */
    static void write(Outcome outcome, boolean doubtful, Request request) {
        Delivery delivery = outcome.delivery();
        boolean whole = doubtful || !delivery.isParked();
        if (outcome instanceof Outcome.Park park) {
            request.arg("park").arg(delivery.id()).arg(fence(park));
            request.arg(ceilMillis(park.delay())).arg(ceilMillis(park.rest()));
            body(delivery, whole, request);
        } else if (outcome instanceof Outcome.Keep) {
            request.arg("keep").arg(delivery.id());
            body(delivery, true, request);
        } else if (outcome instanceof Outcome.Merge merge) {
            request.arg("merge").arg(delivery.id()).arg(merge.slot());
            request.arg(ceilMillis(merge.quiet())).arg(ceilMillis(merge.most()));
            body(delivery, true, request);
        } else if (outcome instanceof Outcome.Return returned) {
            request.arg("back").arg(delivery.id()).arg(fence(returned)).arg(returned.place());
            body(delivery, whole, request);
        } else if (outcome instanceof Outcome.Bury bury) {
            request.arg("bury").arg(delivery.id()).arg(fence(bury));
            request.arg(bury.reason()).arg(ceilMillis(bury.rest()));
            body(delivery, whole, request);
        } else {
            request.arg("finish").arg(delivery.id()).arg(fence(outcome));
        }
    }

    static void body(Delivery delivery, boolean whole, Request request) {
        request.arg(delivery.key() == null ? "" : delivery.key());
        request.arg(whole ? Parking.bytes(delivery.event()) : 0);
        DeliveryFields.write(delivery, whole, request);
    }

    private static int fence(Outcome outcome) {
        return outcome.delivery().isParked() ? outcome.found() : -1;
    }

    /** Never earlier. */
    static long ceilMillis(Duration duration) {
        return duration.plusNanos(999_999).toMillis();
    }
}
