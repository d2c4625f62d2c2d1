package dev.sluice.journal.redis;

import dev.sluice.event.Identity;
import dev.sluice.event.Receipt;
import dev.sluice.redis.Keys;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;

/**
 * Asks for the name of a request whose events no single script can append. Where another body has it, nothing of the
 * request is appended; else all of it, whatever the names of its events say. A repetition with the same body gets the claim
 * again, so what a crash kept from being appended is appended then.
 *
 * @param number as {@link Layout#number}
 * @param from   of its events in the append, to {@code to}, exclusive
 */
record NameClaim(int partition, int number, Identity request, int from, int to) implements AppendPlan.Write {
    Request request(long windowMillis) {
        String name = Partitions.name(partition);
        List<String> keys = List.of(Keys.events(name), AppendOnce.key(name, request.group()));
        return AppendOnce.SCRIPT
                .on(keys)
                .request()
                .arg(windowMillis)
                .arg(String.valueOf(request.digest()))
                .arg(Layout.Says.NAME.code)
                .arg(number)
                .arg(0);
    }

    @Override
    public void read(Response answer, String mark, Receipts receipts) {
        if (AppendOnce.isElsewhere(answer, 0)) {
            receipts.leaveOut(from, to, new AppendOnce.Elsewhere());
            return;
        }
        Receipt receipt = AppendOnce.receipt(answer, 0, partition, mark);
        if (receipt.isConflict()) {
            receipts.put(from, to, receipt);
        }
    }
}
