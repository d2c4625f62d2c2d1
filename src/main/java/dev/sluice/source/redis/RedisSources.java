package dev.sluice.source.redis;

import dev.sluice.fault.Again;
import dev.sluice.fault.Unreadables;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.source.Source;
import dev.sluice.source.SourceCodec;
import dev.sluice.source.Sources;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The sources in Redis, cached in this pod. While Redis is away the cache stays as it is.
 *
 * <p>{@link Sources} may be called from any thread, {@link #start} from the context that owns the timers.
 * Reads may finish in another order than they began: each takes a turn, and one that began before the read now in force is
 * ignored.
 */
public final class RedisSources implements Sources {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final String SOURCES = "sluice:{sources}:sources";
    private static final String VERSION = "sluice:{sources}:version";
    private static final Script ADD = Script.load("lua/source-write.lua");
    private static final Script CHANGE = ADD.evenWhenFull();
    private static final String DELETED = "";
    /** Of what cannot be read nobody knows the version. */
    private static final long ANY_VERSION = -1;

    private final RedisLink link;
    private final SourceCodec codec;
    private final Map<String, Source> configured;
    private final Timers timers;
    private final Again looks;
    private final Unreadables unreadable;

    private final AtomicLong turns = new AtomicLong();
    private final AtomicReference<Snapshot> snapshot;

    /** @param version of the stored sources, or one that is none */
    private record Snapshot(long turn, String version, Map<String, Source> sources, Map<String, String> unreadable) {}

    /** @param configured by name; a stored source of the same name stands in its place */
    public RedisSources(RedisLink link, SourceCodec codec, Map<String, Source> configured, Timers timers) {
        this.link = link;
        this.codec = codec;
        this.configured = Map.copyOf(configured);
        this.timers = timers;
        this.looks = link.faults().again("look for changed sources", timers);
        this.unreadable = link.faults().unreadable("source");
        this.snapshot = new AtomicReference<>(new Snapshot(0, "", new TreeMap<>(configured), Map.of()));
    }

    /** Completes when the stored sources are read for the first time; keeps up with them as long as the timers run. */
    public Future<Void> start() {
        return load().onSuccess(done -> lookAgain());
    }

    @Override
    public @Nullable Source find(String name) {
        return now().sources().get(name);
    }

    @Override
    public List<Source> all() {
        return List.copyOf(now().sources().values());
    }

    @Override
    public Map<String, String> unreadable() {
        return now().unreadable();
    }

    @Override
    public boolean isConfigured(String name) {
        return configured.containsKey(name);
    }

    @Override
    public Future<Boolean> save(Source source) {
        Future<@Nullable String> former = source.version() == 1
                ? Future.succeededFuture(null)
                : link.send(Request.cmd(Command.HGET).arg(SOURCES).arg(source.name()))
                        .map(stored -> stored == null ? null : stored.toString());
        return former.compose(stored -> write(source.name(), source.version() - 1, codec.encode(source, stored)));
    }

    @Override
    public Future<Boolean> delete(String name, long stored) {
        if (unreadable().containsKey(name)) {
            return write(name, ANY_VERSION, DELETED);
        }
        return stored == 0 ? Future.succeededFuture(false) : write(name, stored, DELETED);
    }

    /** In force on this pod when it completes; what fails of that is made up for by the next look. */
    private Future<Boolean> write(String name, long expected, String form) {
        Script script = expected == 0 ? ADD : CHANGE;
        return link.callDurably(script.on(SOURCES, VERSION).with(name, expected, form))
                .map(answer -> answer.toInteger() == 1)
                .compose(written -> load().transform(read -> Future.succeededFuture(written)));
    }

    private Snapshot now() {
        return Objects.requireNonNull(snapshot.get());
    }

    private void lookAgain() {
        timers.after(POLL, () -> looks.watch(look()).onComplete(done -> lookAgain()));
    }

    /** Reads the sources if they changed since they were read last. */
    Future<Void> look() {
        return readVersion().compose(current -> current.equals(now().version()) ? Future.succeededFuture() : load());
    }

    /** The version first: if the sources are newer than it, the next look reads them once more, and none is missed. */
    private Future<Void> load() {
        long turn = turns.incrementAndGet();
        return readVersion()
                .compose(version -> link.send(Request.cmd(Command.HGETALL).arg(SOURCES))
                        .onSuccess(stored -> put(over(turn, version, stored))))
                .mapEmpty();
    }

    private Future<String> readVersion() {
        return link.send(Request.cmd(Command.GET).arg(VERSION)).map(String::valueOf);
    }

    private void put(Snapshot read) {
        snapshot.updateAndGet(old -> read.turn() < old.turn() ? old : read);
    }

    /**
     * One that cannot be read, written with another key perhaps, must not take the others with it. Nor does the one of the
     * configuration stand in its place: it may be open to whom the stored one is not.
     */
    private Snapshot over(long turn, String version, Response stored) {
        Map<String, Source> sources = new TreeMap<>(configured);
        Map<String, String> broken = new TreeMap<>();
        for (String name : stored.getKeys()) {
            sources.remove(name);
            try {
                sources.put(name, codec.decode(stored.get(name).toString()));
                unreadable.readable(name);
            } catch (RuntimeException cause) {
                broken.put(name, unreadable.unreadable(name, cause));
            }
        }
        return new Snapshot(turn, version, Collections.unmodifiableMap(sources), Collections.unmodifiableMap(broken));
    }
}
