package dev.sluice.warmup;

import dev.sluice.config.SluiceConfig;
import dev.sluice.secrets.Entropy;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A twin, its folder and its load, for as long as it works. Begun and closed by threads that may block; any thread may cut it. */
final class Rehearsal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int KEY_BYTES = 24;

    private final SluiceConfig config;
    private final Function<SluiceConfig, Twin> twins;
    private final LongSupplier compiled;
    private final Hush hush;

    // written by the thread that begins
    private volatile @Nullable Path folder;
    private volatile @Nullable Twin twin;
    private volatile @Nullable Vertx vertx;
    private volatile @Nullable Load load;

    private volatile boolean isCut;

    /** @param group of the threads that begin it, and so of all that it starts */
    Rehearsal(SluiceConfig config, Function<SluiceConfig, Twin> twins, LongSupplier compiled, ThreadGroup group) {
        this.config = config;
        this.twins = twins;
        this.compiled = compiled;
        this.hush = new Hush(group);
    }

    /** Blocks until the twin serves. */
    void begin() {
        Path data = newFolder();
        folder = data;
        String key = HexFormat.of().formatHex(Entropy.SYSTEM.bytes(KEY_BYTES));
        Twin made = twins.apply(TwinSettings.of(config, data, key));
        twin = made;
        if (isCut) {
            throw new IllegalStateException("ended before it began");
        }
        made.start();
        Vertx own = Vertx.vertx(options());
        vertx = own;
        load = new Load(own, URI.create(made.url()), key, compiled);
        if (isCut) {
            cut();
        }
    }

    /** Completes when the load has ended. */
    CompletionStage<Outcome> go() {
        return Objects.requireNonNull(load, "it was not begun").run().toCompletionStage();
    }

    /** The load ends at once; a twin that is about to start ends in place of that. May block. */
    void cut() {
        isCut = true;
        Load running = load;
        Twin starting = twin;
        if (running != null) {
            running.end();
        } else if (starting != null) {
            starting.stop();
        }
    }

    /** Blocks until nothing is left. */
    @Override
    public void close() {
        Twin done = twin;
        if (done != null) {
            done.stop();
        }
        Vertx own = vertx;
        if (own != null) {
            own.close();
        }
        hush.close();
        Path data = folder;
        if (data != null) {
            delete(data);
        }
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(1)
                .setPreferNativeTransport(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("sluice-warm-up");
        } catch (IOException failed) {
            throw new UncheckedIOException("no folder for it", failed);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException failed) {
            LOG.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("reason", failed)
                    .log("what a warm-up wrote is left");
        }
    }
}
