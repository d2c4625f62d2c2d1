package dev.sluice.journal.redis;

import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.function.Supplier;

/** The consumer group of each partition, made when a connection is made and when a read finds it missing. */
final class ConsumerGroups {
    private final RedisLink link;
    private final Supplier<List<String>> partitions;

    ConsumerGroups(RedisLink link, Supplier<List<String>> partitions) {
        this.link = link;
        this.partitions = partitions;
        link.onUp(this::create);
    }

    /** Also where it went, with its stream, while a read waited. */
    static boolean isMissing(Throwable cause) {
        String said = String.valueOf(cause.getMessage());
        return said.startsWith("NOGROUP") || said.startsWith("UNBLOCKED");
    }

    /** Fails if Redis is away; a group that is there is left as it is. */
    Future<Void> create() {
        return Future.all(partitions.get().stream().map(this::create).toList()).mapEmpty();
    }

    private Future<Void> create(String partition) {
        Request request = Request.cmd(Command.XGROUP)
                .arg("CREATE")
                .arg(Keys.events(partition))
                .arg(RedisJournalReader.GROUP)
                .arg("0")
                .arg("MKSTREAM");
        return link.send(request)
                .<Void>mapEmpty()
                .recover(cause -> String.valueOf(cause.getMessage()).startsWith("BUSYGROUP")
                        ? Future.succeededFuture()
                        : Future.failedFuture(cause));
    }
}
