package dev.sluice.access.redis;

import dev.sluice.access.ApiKey;
import dev.sluice.access.KeyRing;
import dev.sluice.access.KeyStore;
import dev.sluice.access.Role;
import dev.sluice.fault.Again;
import dev.sluice.fault.Unreadables;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys in Redis, and what keeps this pod's {@link KeyRing} up to date: a look at the version twice a second, so that
 * a key deleted elsewhere is refused within one. While Redis is away the ring stays as it is.
 *
 * <p>{@link KeyStore} may be called from any thread; {@link #start} and {@link #stop} from the context that owns the timers.
 */
public final class RedisKeys implements KeyStore {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final String KEYS = "sluice:{access}:keys";
    private static final String VERSION = "sluice:{access}:version";
    private static final Script ADD = Script.load("lua/access-add.lua");
    private static final Script REMOVE = Script.load("lua/access-remove.lua").evenWhenFull();
    private static final int REFUSED = -1;

    private final RedisLink link;
    private final KeyRing ring;
    private final Timers timers;
    private final Again looks;
    private final Unreadables unreadable;

    // confined to the context that started it
    private Timers.@Nullable Timer next;
    private @Nullable String version;
    private boolean stopped;

    public RedisKeys(RedisLink link, KeyRing ring, Timers timers) {
        this.link = link;
        this.ring = ring;
        this.timers = timers;
        this.looks = link.faults().again("look for changed API keys", timers);
        this.unreadable = link.faults().unreadable("API key");
    }

    /** Completes when the ring is filled for the first time; keeps it so until stopped. */
    public Future<Void> start() {
        return load().onSuccess(done -> lookAgain());
    }

    public void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }

    @Override
    public Future<List<ApiKey>> list() {
        return read().map(this::decode);
    }

    @Override
    public Future<Added> add(ApiKey key) {
        List<String> arguments =
                List.of(key.id(), KeyCodec.encode(key), key.role().word(), flag(ring.hasAdminKey()));
        return ring.room()
                .compose(free -> link.callDurably(ADD.on(KEYS, VERSION).with(arguments)))
                .map(answer -> answer.toInteger() == REFUSED ? Added.FIRST_MUST_BE_ADMIN : Added.ADDED)
                .compose(added -> refill().map(added));
    }

    @Override
    public Future<Removed> remove(String id) {
        List<String> arguments = List.of(id, Role.ADMIN.word(), flag(ring.hasAdminKey()), flag(ring.mayOpen()));
        return link.callDurably(REMOVE.on(KEYS, VERSION).with(arguments))
                .map(answer -> removed(answer.toInteger()))
                .compose(removed -> refill().map(removed));
    }

    private static Removed removed(int answer) {
        if (answer == REFUSED) {
            return Removed.LAST_ADMIN;
        }
        return answer == 0 ? Removed.NO_SUCH_KEY : Removed.REMOVED;
    }

    private static String flag(boolean set) {
        return set ? "1" : "0";
    }

    private void lookAgain() {
        if (!stopped) {
            next = timers.after(POLL, () -> looks.watch(look()).onComplete(done -> lookAgain()));
        }
    }

    /** Reads the keys if they changed since the last look. */
    Future<Void> look() {
        return link.send(Request.cmd(Command.GET).arg(VERSION))
                .map(RedisKeys::text)
                .compose(current -> current.equals(version) ? Future.succeededFuture() : load());
    }

    /** The version first: if the keys are newer than it, the next look reads them once more, and none is missed. */
    private Future<Void> load() {
        return link.send(Request.cmd(Command.GET).arg(VERSION))
                .map(RedisKeys::text)
                .compose(current -> refill().onSuccess(done -> version = current));
    }

    private Future<Void> refill() {
        long turn = ring.turn();
        return read().onSuccess(stored ->
                        ring.replace(turn, decode(stored), stored.getKeys().size()))
                .mapEmpty();
    }

    private Future<Response> read() {
        return link.send(Request.cmd(Command.HGETALL).arg(KEYS));
    }

    private static String text(@Nullable Response response) {
        return response == null ? "none" : response.toString();
    }

    /** One key that cannot be read, written by a newer pod perhaps, must not shut all others out. */
    private List<ApiKey> decode(Response stored) {
        List<ApiKey> keys = new ArrayList<>();
        for (String id : stored.getKeys()) {
            ApiKey key =
                    unreadable.read(id, () -> KeyCodec.decode(stored.get(id).toString()));
            if (key != null) {
                keys.add(key);
            }
        }
        keys.sort(Comparator.comparing(ApiKey::id));
        return keys;
    }
}
