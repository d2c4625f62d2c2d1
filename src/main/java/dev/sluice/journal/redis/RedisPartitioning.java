package dev.sluice.journal.redis;

import dev.sluice.config.JournalConfig;
import dev.sluice.journal.Lags;
import dev.sluice.journal.Partitioning;
import dev.sluice.journal.redis.lease.RedisLags;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.redis.ScriptCall;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks how many partitions all pods have, and tells this one. Any thread. */
public final class RedisPartitioning implements Partitioning {
    private static final Logger LOG = LoggerFactory.getLogger(RedisPartitioning.class);
    private static final Script COUNT = Script.load("lua/journal-count.lua");

    /** Each is a place more where names are asked for. */
    static final int MOST_FORMER = 4;

    private final RedisLink link;
    private final JournalConfig config;
    private final PartitionCount count;
    private final Ticker ticker;

    public RedisPartitioning(RedisLink link, JournalConfig config, PartitionCount count, Ticker ticker) {
        this.link = link;
        this.config = config;
        this.count = count;
        this.ticker = ticker;
    }

    /** Before anything is read or appended: those of Redis, or those of the settings where Redis has none. */
    public Future<Void> begin() {
        long askedAt = ticker.nanos();
        return call(Partitions.of(config), 0)
                .onSuccess(found -> {
                    count.saw(found, askedAt);
                    if (found.free() != config.partitions()) {
                        LOG.atWarn()
                                .addKeyValue("set", config.partitions())
                                .addKeyValue("followed", found.free())
                                .log("journal.partitions is not what all pods on this Redis have; theirs is followed"
                                        + " (to raise it: java -jar sluice.jar partitions N)");
                    }
                })
                .mapEmpty();
    }

    public Lags lags() {
        return new RedisLags(
                link,
                RedisJournalReader.GROUP,
                () -> new RedisLags.Names(count.now().freeNames(), count.now().keyedNames()));
    }

    /** Now and then, by every pod. */
    @Override
    public Future<Now> look() {
        Partitions own = count.now();
        int before = own.free();
        long askedAt = ticker.nanos();
        return call(own, 0).compose(found -> {
            if (found.free() < before) {
                LOG.atWarn()
                        .addKeyValue("partitions", before)
                        .addKeyValue("found", found.free())
                        .log("Redis has lost that there are more partitions; told again");
                return raise(before);
            }
            return Future.succeededFuture(follow(found, askedAt));
        });
    }

    @Override
    public Future<Now> raise(int partitions) {
        long askedAt = ticker.nanos();
        return call(count.now(), partitions).map(found -> follow(found, askedAt));
    }

    private Now follow(Partitions found, long askedAt) {
        int before = count.free();
        if (found.free() >= before) {
            count.saw(found, askedAt);
        }
        if (found.free() > before) {
            LOG.atInfo()
                    .addKeyValue("before", before)
                    .addKeyValue("partitions", found.free())
                    .log("the journal has more partitions");
        }
        return new Now(found.free(), found.former());
    }

    private Future<Partitions> call(Partitions own, int wanted) {
        Stream<Long> arguments = Stream.of(
                        own.free(), wanted, remembered(config).toMinutes(), MOST_FORMER)
                .map(Number::longValue);
        Stream<Long> former = own.former().stream().map(Integer::longValue);
        ScriptCall call =
                COUNT.on(Keys.COUNTS).with(Stream.concat(arguments, former).toArray());
        return (wanted == 0 ? link.call(call) : link.callDurably(call)).map(this::read);
    }

    private Partitions read(Response answer) {
        List<Integer> former = answer.get(1).stream().map(Response::toInteger).toList();
        return new Partitions(answer.get(0).toInteger(), config.keyedPartitions(), former);
    }

    /**
     * How long names may lie where they were placed by a former number: pods that have not heard of the raise place them so
     * for a while, where they stay for a window, and a name that was only claimed then gets its event, and another window, at
     * the end of it.
     */
    static Duration remembered(JournalConfig config) {
        return PartitionCount.TRUST
                .plus(config.idempotencyWindow().multipliedBy(2))
                .plusMinutes(2);
    }
}
