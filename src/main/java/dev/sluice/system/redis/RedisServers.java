package dev.sluice.system.redis;

import dev.sluice.redis.RedisLink;
import dev.sluice.redis.line.Server;
import dev.sluice.system.RedisServer;
import dev.sluice.system.RedisServer.Replica;
import dev.sluice.system.Servers;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
                .map(info -> read(server.name(), info.toString()))
                .otherwise(away -> RedisServer.away(server.name(), String.valueOf(away.getMessage())));
    }

    static RedisServer read(String name, String info) {
        Map<String, String> facts = new HashMap<>();
        info.lines().filter(line -> line.indexOf(':') > 0).forEach(line -> {
            int colon = line.indexOf(':');
            facts.put(line.substring(0, colon), line.substring(colon + 1).strip());
        });
        return new RedisServer(
                name,
                facts.getOrDefault("redis_version", ""),
                facts.getOrDefault("role", ""),
                number(facts, "uptime_in_seconds"),
                number(facts, "used_memory"),
                number(facts, "maxmemory"),
                (int) number(facts, "connected_clients"),
                replicas(facts),
                null);
    }

    /** {@code slave0:ip=10.0.0.2,port=6379,state=online,offset=42,lag=0} */
    private static List<Replica> replicas(Map<String, String> facts) {
        List<Replica> found = new ArrayList<>();
        String line = facts.get("slave0");
        for (int i = 1; line != null; line = facts.get("slave" + i++)) {
            Map<String, String> parts = new HashMap<>();
            for (String part : line.split(",", -1)) {
                int equals = part.indexOf('=');
                parts.put(part.substring(0, Math.max(0, equals)), part.substring(equals + 1));
            }
            long behind = Math.max(0, number(facts, "master_repl_offset") - number(parts, "offset"));
            String address = parts.get("ip") + ":" + parts.get("port");
            found.add(new Replica(address, parts.getOrDefault("state", ""), behind));
        }
        return found;
    }

    /** 0 for what is not said, or not as a number. */
    private static long number(Map<String, String> facts, String name) {
        try {
            return Long.parseLong(facts.getOrDefault(name, "0"));
        } catch (NumberFormatException otherwise) {
            return 0;
        }
    }
}
