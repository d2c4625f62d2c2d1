package dev.sluice.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A Redis that cannot write its snapshot, and so takes no writes (MISCONF), until this is closed. Where the file has to be there
 * is a folder: that stops a superuser, too.
 */
public final class BrokenDisk implements AutoCloseable {
    private static final String INFO =
            "return redis.status_reply(string.match(redis.call('INFO', '%s'), '%s:([^\\r]*)'))";

    private final RedisServer redis;
    private final Path snapshot;

    public BrokenDisk(RedisServer redis) {
        this.redis = redis;
        this.snapshot = Path.of(info("server", "config_file")).resolveSibling("dump.rdb");
        try {
            Files.createDirectory(snapshot);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        redis.command("CONFIG", "SET", "save", "3600 1000000");
        save("err");
    }

    /** What Redis answers to a write. */
    public String write() {
        return redis.command("SET", "a", "b");
    }

    /** Redis could write again, and knows. */
    @Override
    public void close() throws IOException {
        Files.delete(snapshot);
        save("ok");
        redis.command("CONFIG", "SET", "save", "");
        Files.delete(snapshot);
    }

    private void save(String outcome) {
        redis.command("BGSAVE");
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> info("persistence", "rdb_bgsave_in_progress").equals("0")
                        && info("persistence", "rdb_last_bgsave_status").equals(outcome));
    }

    private String info(String section, String line) {
        return redis.command("EVAL_RO", INFO.formatted(section, line), "0").substring(1);
    }
}
