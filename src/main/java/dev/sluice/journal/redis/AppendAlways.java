package dev.sluice.journal.redis;

import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** An event that nothing says is a repetition. */
record AppendAlways(int partition, int place) implements Write {
    static Request request(int partition, Draft draft) {
        Request request =
                Request.cmd(Command.XADD).arg(Partitions.stream(partition)).arg("*");
        EventFields.write(draft, request);
        return request;
    }

    @Override
    public void read(Response answer, String mark, Receipt[] receipts) {
        receipts[place] = Receipt.stored(EventIds.of(answer.toString(), partition, mark));
    }
}
