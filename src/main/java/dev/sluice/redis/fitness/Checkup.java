package dev.sluice.redis.fitness;

import dev.sluice.redis.RedisLink;
import dev.sluice.redis.line.Server;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one server says of itself, and how fast, for a person.
 *
 * @param server empty where there is only one
 * @param vitals of a cluster also what it says of that
 * @param usual  time for a small question, the median
 * @param ahead  of this machine's clock; negative if it is behind
 * @param away   why it says nothing; null for one that answers
 */
public record Checkup(
        String server,
        Vitals vitals,
        Duration usual,
        Duration ahead,
        @Nullable String away) {
    private static final int QUESTIONS = 15;

    /** Of each server that holds data; one that does not answer hides none of the others. */
    public static Future<List<Checkup>> of(RedisLink link, Ticker ticker, InstantSource clock) {
        return link.onServers(servers -> {
            List<Future<Checkup>> each = servers.stream()
                    .map(server -> of(server, ticker, clock).otherwise(gone -> away(server.name(), gone)))
                    .toList();
            return Future.all(each)
                    .map(done -> each.stream().map(Future::result).toList());
        });
    }

    private static Checkup away(String server, Throwable gone) {
        return new Checkup(
                server, new Vitals(Map.of()), Duration.ZERO, Duration.ZERO, String.valueOf(gone.getMessage()));
    }

    private static Future<Checkup> of(Server server, Ticker ticker, InstantSource clock) {
        return server.send()
                .apply(Request.cmd(Command.INFO))
                .map(info -> Vitals.read(info.toString()))
                .compose(vitals -> cluster(server, vitals))
                .compose(vitals -> ask(server, ticker, new ArrayList<>())
                        .compose(usual -> ahead(server, clock, usual)
                                .map(ahead -> new Checkup(server.name(), vitals, usual, ahead, null))));
    }

    private static Future<Vitals> cluster(Server server, Vitals vitals) {
        return vitals.isOfCluster()
                ? server.send()
                        .apply(Request.cmd(Command.CLUSTER).arg("INFO"))
                        .map(info -> vitals.with(Vitals.read(info.toString())))
                : Future.succeededFuture(vitals);
    }

    private static Future<Duration> ask(Server server, Ticker ticker, List<Duration> took) {
        if (took.size() == QUESTIONS) {
            return Future.succeededFuture(took.stream().sorted().toList().get(QUESTIONS / 2));
        }
        long asked = ticker.nanos();
        return server.send().apply(Request.cmd(Command.PING)).compose(pong -> {
            took.add(Duration.ofNanos(ticker.nanos() - asked));
            return ask(server, ticker, took);
        });
    }

    private static Future<Duration> ahead(Server server, InstantSource clock, Duration usual) {
        return server.send()
                .apply(Request.cmd(Command.TIME))
                .map(time -> Duration.between(clock.instant(), instant(time).plus(usual.dividedBy(2))));
    }

    private static Instant instant(Response time) {
        return Instant.ofEpochSecond(time.get(0).toLong(), 1000 * time.get(1).toLong());
    }
}
