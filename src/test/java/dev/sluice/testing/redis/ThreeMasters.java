package dev.sluice.testing.redis;

import dev.sluice.redis.embedded.EmbeddedRedis;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A cluster that is treated as one Redis: what is about no key is done by all, what is about one by its master. */
final class ThreeMasters implements AnyRedis {
    private static final Set<String> ABOUT_NO_KEY = Set.of(
            "FLUSHALL", "CONFIG", "SCRIPT", "CLIENT", "ACL", "DEBUG", "BGREWRITEAOF", "BGSAVE", "INFO", "DBSIZE");

    private final RedisCluster cluster = new RedisCluster(3, 0);
    private final EmbeddedRedis.Fsync fsync;
    private boolean running;

    ThreeMasters(EmbeddedRedis.Fsync fsync) {
        this.fsync = fsync;
    }

    @Override
    public void start() {
        cluster.start();
        command("CONFIG", "SET", "appendfsync", fsync.name().toLowerCase(Locale.ROOT));
        command("CONFIG", "REWRITE"); // so that it is so after a restart, too
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String uri() {
        return cluster.uri();
    }

    @Override
    public String command(String... words) {
        List<RedisProcess> nodes = cluster.nodes();
        if (isAboutNoKey(words)) {
            return together(
                    nodes.stream().map(node -> first(node.command(words))).toList());
        }
        String reply = nodes.get(0).command(words);
        if (!reply.startsWith("-MOVED")) {
            return first(reply);
        }
        String owner = reply.substring(reply.lastIndexOf(' ') + 1).strip();
        return first(nodes.stream()
                .filter(node -> node.at().equals(owner))
                .findFirst()
                .orElseThrow()
                .command(words));
    }

    private static boolean isAboutNoKey(String... words) {
        return ABOUT_NO_KEY.contains(words[0].toUpperCase(Locale.ROOT))
                || (words[0].equals("EVAL") && words[2].equals("0"));
    }

    /** What is counted is added. */
    private static String together(List<String> replies) {
        return replies.stream().allMatch(reply -> reply.matches(":\\d+"))
                ? ":"
                        + replies.stream()
                                .mapToLong(reply -> Long.parseLong(reply.substring(1)))
                                .sum()
                : replies.get(0);
    }

    private static String first(String reply) {
        return reply.lines().findFirst().orElse("");
    }

    @Override
    public void kill() {
        cluster.nodes().forEach(RedisProcess::kill);
        running = false;
    }

    @Override
    public void suspend() {
        cluster.nodes().forEach(RedisProcess::suspend);
    }

    @Override
    public void resume() {
        cluster.nodes().forEach(RedisProcess::resume);
    }

    @Override
    public void restart() {
        cluster.nodes().stream().filter(RedisProcess::isAlive).forEach(RedisProcess::kill);
        cluster.nodes().forEach(RedisProcess::restart);
        cluster.awaitWhole();
        running = true;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
