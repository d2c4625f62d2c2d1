package dev.sluice.journal.redis;

import dev.sluice.event.Receipt;
import io.vertx.redis.client.Response;

/** One command of an append, and how its answer becomes receipts. */
interface Write {
    /** Puts the receipt of each of its events at that event's place. */
    void read(Response answer, String mark, Receipt[] receipts);
}
