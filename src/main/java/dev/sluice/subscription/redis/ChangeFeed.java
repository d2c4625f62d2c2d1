package dev.sluice.subscription.redis;

import dev.sluice.bus.Home;
import dev.sluice.fault.Again;
import dev.sluice.redis.RedisLink;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows the stream of changes, on a link of its own as its reads block. Goes on where it was when Redis comes back;
 * where Redis came back with less, at its end. Confined to one context.
 */
final class ChangeFeed {
    private static final int READ = 500;
    private static final String BEGINNING = "0-0";

    private final RedisLink link;
    private final Home home;
    private final Duration block;
    private final Function<List<Change>, Future<?>> consumer;
    private final Again reads;

    // confined state
    private @Nullable String position;
    /** A reader that is not the latest stops. */
    private int reader;

    /** @param consumer the next changes are read when its future completes; must not fail */
    ChangeFeed(RedisLink link, Home home, Timers timers, Duration block, Function<List<Change>, Future<?>> consumer) {
        this.link = link;
        this.home = home;
        this.block = block;
        this.consumer = consumer;
        this.reads = link.faults().again("follow the changes of webhooks", timers);
    }

    record Change(String tenant, String id) {}

    void start() {
        link.onUp(() -> home.run(this::begin));
    }

    void stop() {
        reader = Integer.MAX_VALUE;
    }

    private void begin() {
        if (reader == Integer.MAX_VALUE) {
            return;
        }
        int self = ++reader;
        link.send(Request.cmd(Command.XREVRANGE)
                        .arg(RegistryKeys.CHANGES)
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(1))
                .map(last -> last.size() == 0 ? BEGINNING : last.get(0).get(0).toString())
                .map(end -> position == null || isAfter(position, end) ? end : position)
                .onSuccess(from -> {
                    position = from;
                    read(self);
                })
                .onFailure(cause -> pause(self, cause));
    }

    private void read(int self) {
        if (self != reader) {
            return;
        }
        link.send(Request.cmd(Command.XREAD)
                        .arg("COUNT")
                        .arg(READ)
                        .arg("BLOCK")
                        .arg(block.toMillis())
                        .arg("STREAMS")
                        .arg(RegistryKeys.CHANGES)
                        .arg(String.valueOf(position)))
                .compose(this::take)
                .onSuccess(taken -> {
                    reads.worked();
                    home.run(() -> read(self));
                })
                .onFailure(cause -> pause(self, cause));
    }

    private Future<?> take(@Nullable Response answer) {
        if (answer == null) {
            return Future.succeededFuture();
        }
        List<Change> changes = new ArrayList<>();
        for (Response entry : answer.get(0).get(1)) {
            position = entry.get(0).toString();
            Response fields = entry.get(1);
            if (fields.size() >= 4) { // else it is none of ours; the check finds what it may have meant
                changes.add(new Change(fields.get(1).toString(), fields.get(3).toString()));
            }
        }
        return consumer.apply(changes);
    }

    /** A lost link begins anew when it is up; an error answer after a while. */
    private void pause(int self, Throwable cause) {
        reads.later(
                cause,
                () -> home.run(() -> {
                    if (self == reader && link.isUp(RegistryKeys.CHANGES)) {
                        begin();
                    }
                }));
    }

    private static boolean isAfter(String id, String other) {
        int dash = id.indexOf('-');
        int otherDash = other.indexOf('-');
        int order = Long.compare(Long.parseLong(id.substring(0, dash)), Long.parseLong(other.substring(0, otherDash)));
        return order > 0
                || (order == 0
                        && Long.parseLong(id.substring(dash + 1)) > Long.parseLong(other.substring(otherDash + 1)));
    }
}
