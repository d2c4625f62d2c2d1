package dev.sluice.redis.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds a file until it is closed or the process ends, however it ends. Two servers that append to the same file would
 * spoil it.
 */
final class EmbeddedRedisLock implements AutoCloseable {
    /**
     * Those of this process. POSIX locks belong to a process, and closing any descriptor of the file drops them: a second
     * attempt must not even open it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private EmbeddedRedisLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static EmbeddedRedisLock hold(Path file) throws IOException {
        if (!HELD.add(file)) {
            throw inUse(file);
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                letGo(file, channel);
            }
        }
        if (lock == null) {
            throw inUse(file);
        }
        return new EmbeddedRedisLock(file, channel);
    }

    @Override
    public void close() throws IOException {
        letGo(file, channel);
    }

    private static void letGo(Path file, @Nullable FileChannel channel) throws IOException {
        HELD.remove(file);
        if (channel != null) {
            channel.close();
        }
    }

    private static EmbeddedRedisFailure inUse(Path file) {
        return new EmbeddedRedisFailure(
                "data.dir: the embedded Redis in %s is in use by another running Sluice (expected: a folder for each)"
                        .formatted(file.getParent()));
    }
}
