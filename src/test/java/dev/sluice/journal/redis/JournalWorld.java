package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import dev.sluice.journal.JournalListener;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.testing.Drafts;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A journal on a Redis of its own, and what is in there. */
final class JournalWorld {
    static final String MARK = "ab0cd";

    private final RedisServer redis;
    private final Loop loop;
    private final JournalConfig config;
    private final List<RedisLink> links = new ArrayList<>();
    private final RedisLink link;
    private final RedisJournal journal;

    JournalWorld(RedisServer redis, Loop loop, JournalConfig config) {
        this.redis = redis;
        this.loop = loop;
        this.config = config;
        this.link = link("commands");
        this.journal = loop.get(() ->
                Future.succeededFuture(new RedisJournal(link, installation(config), config, 0, JournalListener.NONE)));
    }

    /** As its settings say, whatever Redis does. */
    static Installation installation(JournalConfig config) {
        return new Installation(MARK, new PartitionCount(config, Ticker.SYSTEM));
    }

    static JournalConfig config(int keyed, Duration claimAfter) {
        return new JournalConfig(
                2,
                keyed,
                JournalConfig.Durability.NONE,
                0,
                Duration.ofSeconds(1),
                claimAfter,
                100,
                Duration.ZERO,
                0,
                Duration.ofMinutes(10));
    }

    RedisServer redis() {
        return redis;
    }

    Loop loop() {
        return loop;
    }

    RedisLink link() {
        return link;
    }

    /** Another one, connected. */
    RedisLink link(String name) {
        RedisLink opened =
                loop.get(() -> Future.succeededFuture(RedisLink.open(loop.vertx(), Loop.target(redis.uri()), name)));
        links.add(opened);
        loop.until(() -> opened.send(Request.cmd(Command.PING)), pong -> true);
        return opened;
    }

    void close() {
        links.forEach(opened -> loop.get(opened::close));
    }

    List<Receipt> append(Draft... drafts) {
        Appended appended = loop.get(() -> journal.append(List.of(drafts)));
        assertThat(appended).isInstanceOf(Appended.Durable.class);
        return ((Appended.Durable) appended).receipts();
    }

    void awaitAway() {
        loop.until(() -> journal.append(List.of(Drafts.plain("lost"))), Appended.Unavailable.class::isInstance);
    }

    /** What readers hold, in all partitions. */
    long pending() {
        return loop.get(this::countPending);
    }

    void awaitPending(long count) {
        loop.until(this::countPending, pending -> pending == count);
    }

    void awaitKeys(String pattern, int count) {
        loop.until(() -> link.send(Request.cmd(Command.KEYS).arg(pattern)).map(Response::size), size -> size == count);
    }

    private Future<Long> countPending() {
        List<Request> requests = Partitions.of(config).names().stream()
                .map(partition -> Request.cmd(Command.XPENDING)
                        .arg(Keys.events(partition))
                        .arg("fanout"))
                .toList();
        List<Future<Long>> counts = requests.stream()
                .map(request -> link.send(request)
                        .map(answer -> answer.get(0).toLong())
                        .recover(cause -> ConsumerGroups.isMissing(cause)
                                ? Future.succeededFuture(0L)
                                : Future.failedFuture(cause)))
                .toList();
        return Future.all(counts)
                .map(done -> counts.stream().mapToLong(Future::result).sum());
    }

    /** The ids of a stream, oldest first. */
    List<String> ids(String partition) {
        Response entries = loop.get(() -> link.send(
                Request.cmd(Command.XRANGE).arg(Keys.events(partition)).arg("-").arg("+")));
        return entries.stream().map(entry -> entry.get(0).toString()).toList();
    }
}
