package dev.sluice.journal.redis.lease;

import dev.sluice.fault.Again;
import dev.sluice.fault.AgainEach;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * The leases on keyed partitions as Redis keeps them, on its own time. Each command and script touches one slot. Futures
 * fail while Redis is away; whether a lease was taken or renewed is then unknown.
 */
public final class LeaseCommands {
    private static final Script READERS = Script.load("lua/journal-readers.lua").evenWhenFull();
    private static final Script TAKE = Script.load("lua/journal-take.lua").evenWhenFull();
    private static final Script RENEW = Script.load("lua/journal-renew.lua");
    private static final Script RELEASE = Script.load("lua/journal-release.lua");
    private static final Script READ = Script.load("lua/journal-read.lua");
    private static final Script SETTLE = Script.load("lua/journal-settle.lua");

    /** Acknowledged again at once. */
    public static final int MOST_SETTLED = 1000;

    private final RedisLink link;
    private final String group;
    private final String reader;
    private final String termMillis;

    /** @param group of consumers, as which entries are read */
    public LeaseCommands(RedisLink link, String group, String reader, long termMillis) {
        this.link = link;
        this.group = group;
        this.reader = reader;
        this.termMillis = String.valueOf(termMillis);
    }

    /** Where faults of what is done about the leases are told. */
    public Again again(String what) {
        return link.again(what);
    }

    public AgainEach againEach(String what) {
        return link.againEach(what);
    }

    /** Says that this reader is there, and counts all that said so within a term. */
    Future<Integer> readers() {
        return link.call(READERS.on(Keys.KEYED_READERS).with(reader, termMillis))
                .map(Response::toInteger);
    }

    /** This reader counts no more. */
    public Future<Void> leave() {
        return link.send(Request.cmd(Command.ZREM).arg(Keys.KEYED_READERS).arg(reader))
                .mapEmpty();
    }

    /** Those of the partitions that nobody holds at the moment, as far as can be told. */
    public Future<List<String>> free(List<String> partitions) {
        List<Request> requests = partitions.stream()
                .map(partition -> Request.cmd(Command.EXISTS).arg(Keys.lease(partition)))
                .toList();
        return link.write(requests, null).map(done -> {
            List<String> free = new ArrayList<>();
            for (int i = 0; i < partitions.size(); i++) {
                if (done.isDone(i) && done.answer(i).toInteger() == 0) {
                    free.add(partitions.get(i));
                }
            }
            return free;
        });
    }

    /** Completes with false if another was faster. */
    public Future<Boolean> take(Lease lease) {
        return link.call(TAKE.on(Keys.lease(lease.partition())).with(lease.value(), termMillis))
                .map(answer -> answer.toInteger() == 1);
    }

    /** Completes with false if it is another's, or nobody's. */
    Future<Boolean> renew(Lease lease) {
        return link.call(RENEW.on(Keys.lease(lease.partition())).with(lease.value(), termMillis))
                .map(answer -> answer.toInteger() == 1);
    }

    public Future<Void> release(Lease lease) {
        return link.call(RELEASE.on(Keys.lease(lease.partition())).with(lease.value()))
                .mapEmpty();
    }

    public Future<Page> read(Lease lease, int limit) {
        List<String> keys = List.of(Keys.lease(lease.partition()), Keys.events(lease.partition()));
        List<String> arguments = List.of(lease.value(), group, reader, String.valueOf(limit), lease.position());
        return link.call(READ.on(keys).with(arguments)).map(Page::new);
    }

    /** Acknowledges again what is pending up to where it has read. Answers how many were. */
    public Future<Integer> settleAgain(Lease lease) {
        List<String> keys = List.of(Keys.lease(lease.partition()), Keys.events(lease.partition()));
        List<String> arguments = List.of(lease.value(), group, reader, lease.position(), String.valueOf(MOST_SETTLED));
        return link.call(SETTLE.on(keys).with(arguments)).map(Response::toInteger);
    }

    /** What a read brought; only Redis can say whether the reader still held the lease. */
    public record Page(Response answer) {
        public boolean isLost() {
            return answer.size() == 0;
        }

        /** Others held these before, or an answer with them was lost; more may follow. */
        public boolean isPending() {
            return answer.get(0).toInteger() == 1;
        }

        public Response entries() {
            return answer.get(1);
        }

        /** The last entry that was ever given out; of a page that is not pending. */
        public String last() {
            return answer.get(2).toString();
        }
    }
}
