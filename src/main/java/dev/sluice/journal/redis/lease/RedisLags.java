package dev.sluice.journal.redis.lease;

import dev.sluice.journal.Lags;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.redis.ScriptCall;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A script for each partition, all in one round. Some 768 partitions may be configured, which bounds it. */
public final class RedisLags implements Lags {
    private static final Script LOOK = Script.load("lua/journal-look.lua");

    private final RedisLink link;
    private final String group;
    private final Supplier<Names> names;

    /** Of the partitions that there are now. */
    public record Names(List<String> free, List<String> keyed) {}

    /** @param group of consumers, as which entries are read */
    public RedisLags(RedisLink link, String group, Supplier<Names> names) {
        this.link = link;
        this.group = group;
        this.names = names;
    }

    @Override
    public Future<List<Lag>> look() {
        Names now = names.get();
        int free = now.free().size();
        List<String> all =
                Stream.concat(now.free().stream(), now.keyed().stream()).toList();
        List<ScriptCall> calls = all.stream()
                .map(name -> LOOK.on(Keys.events(name), Keys.lease(name)).with(group))
                .toList();
        return link.calls(calls)
                .map(answers -> IntStream.range(0, all.size())
                        .mapToObj(i -> lag(all.get(i), i >= free, answers.get(i)))
                        .toList());
    }

    private static Lag lag(String partition, boolean keyed, Response answer) {
        String lease = answer.get(0).toString();
        return new Lag(
                partition,
                keyed,
                lease.isEmpty() ? null : lease.substring(0, end(lease)),
                answer.get(1).toLong(),
                answer.get(2).toLong(),
                Duration.ofMillis(answer.get(3).toLong()),
                Duration.ofMillis(answer.get(4).toLong()));
    }

    /** Behind the name of a reader stands the epoch of its hold. */
    private static int end(String lease) {
        int space = lease.lastIndexOf(' ');
        return space < 0 ? lease.length() : space;
    }
}
