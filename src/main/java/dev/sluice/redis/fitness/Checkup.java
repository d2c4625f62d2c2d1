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

/**
 * What one server says of itself, and how fast, for a person.
 *
 * @param server empty where there is only one
 * @param facts  of INFO
 * @param usual  time for a small question, the median
 * @param ahead  of this machine's clock; negative if it is behind
 */
public record Checkup(String server, Map<String, String> facts, Duration usual, Duration ahead) {
    private static final int QUESTIONS = 15;

    /** Of each server that holds data. */
    public static Future<List<Checkup>> of(RedisLink link, Ticker ticker, InstantSource clock) {
        return link.onServers(servers -> {
            List<Future<Checkup>> each =
                    servers.stream().map(server -> of(server, ticker, clock)).toList();
            return Future.all(each)
                    .map(done -> each.stream().map(Future::result).toList());
        });
    }

    private static Future<Checkup> of(Server server, Ticker ticker, InstantSource clock) {
        return server.send()
                .apply(Request.cmd(Command.INFO))
                .map(info -> Vitals.read(info.toString()).facts())
                .compose(facts -> ask(server, ticker, new ArrayList<>())
                        .compose(usual -> ahead(server, clock, usual)
                                .map(ahead -> new Checkup(server.name(), facts, usual, ahead))));
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

    public String fact(String name) {
        return facts.getOrDefault(name, "unknown");
    }

    public long number(String name) {
        String text = facts.getOrDefault(name, "0");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /** Of maxmemory; 0 without a limit. */
    public double memoryShare() {
        return new Vitals(facts).memoryShare();
    }
}
