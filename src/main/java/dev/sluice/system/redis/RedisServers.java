package dev.sluice.system.redis;

import dev.sluice.redis.RedisLink;
import dev.sluice.redis.fitness.Vitals;
import dev.sluice.redis.line.Server;
import dev.sluice.system.RedisServer;
import dev.sluice.system.RedisServer.Replica;
import dev.sluice.system.Servers;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;

/** What each of them answers to INFO. */
public final class RedisServers implements Servers {
    private final RedisLink link;

    public RedisServers(RedisLink link) {
        this.link = link;
    }

    @Override
    public Future<List<RedisServer>> look() {
        return link.onServers(servers -> {
            List<Future<RedisServer>> asked =
                    servers.stream().map(RedisServers::ask).toList();
            return Future.all(asked)
                    .map(done -> asked.stream().map(Future::result).toList());
        });
    }

    private static Future<RedisServer> ask(Server server) {
        return server.send()
                .apply(Request.cmd(Command.INFO))
                .map(info -> read(server.name(), Vitals.read(info.toString())))
                .otherwise(away -> RedisServer.away(server.name(), String.valueOf(away.getMessage())));
    }

    static RedisServer read(String name, Vitals vitals) {
        return new RedisServer(
                name,
                vitals.facts().getOrDefault("redis_version", ""),
                vitals.facts().getOrDefault("role", ""),
                vitals.number("uptime_in_seconds"),
                vitals.number("used_memory"),
                vitals.number("maxmemory"),
                (int) vitals.number("connected_clients"),
                vitals.eachReplica().stream()
                        .map(replica -> replica(replica, vitals.number("master_repl_offset")))
                        .toList(),
                null);
    }

    private static Replica replica(Vitals replica, long written) {
        String address = replica.fact("ip") + ":" + replica.fact("port");
        return new Replica(address, replica.fact("state"), Math.max(0, written - replica.number("offset")));
    }
}
