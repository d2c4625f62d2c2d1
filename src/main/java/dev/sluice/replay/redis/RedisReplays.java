package dev.sluice.replay.redis;

import dev.sluice.fault.Unreadables;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.replay.Replay;
import dev.sluice.replay.Replay.Order;
import dev.sluice.replay.Replay.State;
import dev.sluice.replay.Replay.Tally;
import dev.sluice.replay.Replays;
import dev.sluice.secrets.Entropy;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** All replays in one slot: they are few and small. Leases are on Redis' time. */
public final class RedisReplays implements Replays {
    private static final Script START = Script.load("lua/replay-start.lua");
    private static final Script TAKE = Script.load("lua/replay-take.lua").evenWhenFull();
    private static final Script SAVE = Script.load("lua/replay-save.lua").evenWhenFull();
    private static final Script END = Script.load("lua/replay-end.lua").evenWhenFull();
    private static final String ANYBODY = "";
    private static final int ID_BYTES = 10;

    private final RedisLink link;
    private final Entropy entropy;
    private final Unreadables unreadable;

    public RedisReplays(RedisLink link, Entropy entropy) {
        this.link = link;
        this.unreadable = link.faults().unreadable("replay");
        this.entropy = entropy;
    }

    @Override
    public Future<Started> start(Order order) {
        String id = Replay.PREFIX + HexFormat.of().formatHex(entropy.bytes(ID_BYTES));
        List<String> arguments = new ArrayList<>(List.of(
                Keys.replay(),
                id,
                String.valueOf(KEPT),
                String.valueOf(order.until().toEpochMilli())));
        arguments.addAll(ReplayFields.of(order));
        arguments.addAll(ReplayFields.of(Tally.NONE, ""));
        return link.callDurably(START.on(Keys.replaysDue(), Keys.replaysOf(order.webhookId()))
                        .with(arguments))
                .map(answer -> new Started(
                        ReplayFields.read(answer.get(1).toString(), answer.get(2)),
                        answer.get(0).toInteger() == 1));
    }

    @Override
    public Future<List<Replay>> list(String webhookId) {
        Request range = Request.cmd(Command.LRANGE)
                .arg(Keys.replaysOf(webhookId))
                .arg(0)
                .arg(-1);
        return link.send(range).compose(ids -> {
            if (ids.size() == 0) {
                return Future.succeededFuture(List.of());
            }
            List<Request> reads = ids.stream().map(id -> read(id.toString())).toList();
            return link.batch(reads).map(found -> replays(ids, found));
        });
    }

    /** An ended one whose time is up is in the list for longer than its hash. */
    private List<Replay> replays(Response ids, List<Response> found) {
        return IntStream.range(0, found.size())
                .filter(i -> found.get(i).size() > 0)
                .mapToObj(i -> replay(ids.get(i).toString(), found.get(i)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Request read(String id) {
        return Request.cmd(Command.HGETALL).arg(Keys.replay() + id);
    }

    @Override
    public Future<Optional<Replay>> find(String webhookId, String id) {
        return link.send(read(id))
                .map(fields -> fields.size() == 0 ? Optional.<Replay>empty() : replay(id, fields))
                .map(found -> found.filter(replay -> replay.order().webhookId().equals(webhookId)));
    }

    @Override
    public Future<Boolean> cancel(String webhookId, String id, String detail) {
        return find(webhookId, id)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(false)
                        : end(found.get(), ANYBODY, List.of("state", State.CANCELLED.word(), "detail", detail)));
    }

    @Override
    public Future<Optional<Turn>> take(Duration lease) {
        List<String> arguments = List.of(Keys.replay(), String.valueOf(lease.toMillis()));
        return link.call(TAKE.on(Keys.replaysDue()).with(arguments))
                .map(answer -> answer.size() == 0
                        ? Optional.empty()
                        : replay(answer.get(0).toString(), answer.get(2))
                                .map(replay -> new Turn(replay, answer.get(1).toLong())));
    }

    /** One that cannot be read is nobody's turn until its lease is over, and then perhaps that of a pod that can. */
    private Optional<Replay> replay(String id, Response fields) {
        return Optional.ofNullable(unreadable.read(id, () -> ReplayFields.read(id, fields)));
    }

    @Override
    public Future<Boolean> save(Turn turn, Tally tally, String detail, Duration again) {
        String id = turn.replay().id();
        List<String> arguments =
                new ArrayList<>(List.of(id, String.valueOf(turn.fence()), String.valueOf(again.toMillis())));
        arguments.addAll(ReplayFields.of(tally, detail));
        return link.call(SAVE.on(Keys.replaysDue(), Keys.replay() + id).with(arguments))
                .map(answer -> answer.toInteger() == 1);
    }

    @Override
    public Future<Boolean> end(Turn turn, State state, Tally tally, String detail) {
        List<String> fields = new ArrayList<>(List.of("state", state.word()));
        fields.addAll(ReplayFields.of(tally, detail));
        return end(turn.replay(), String.valueOf(turn.fence()), fields);
    }

    private Future<Boolean> end(Replay replay, String fence, List<String> fields) {
        String id = replay.id();
        List<String> keys = List.of(
                Keys.replaysDue(),
                Keys.replay() + id,
                Keys.replaysOf(replay.order().webhookId()));
        List<String> arguments = new ArrayList<>(List.of(id, fence, String.valueOf(RETENTION.toMillis())));
        arguments.addAll(fields);
        return link.call(END.on(keys).with(arguments)).map(answer -> answer.toInteger() == 1);
    }
}
