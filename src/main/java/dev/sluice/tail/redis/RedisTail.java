package dev.sluice.tail.redis;

import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.tail.TailLine;
import dev.sluice.tail.TailPlace;
import dev.sluice.tail.TailStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One stream for all pods, which is gone soon after nobody looks any more. */
public final class RedisTail implements TailStore {
    private static final Duration WANTED = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MOST = 10_000;

    private final RedisLink link;

    public RedisTail(RedisLink link) {
        this.link = link;
    }

    @Override
    public Future<Void> want() {
        return link.send(Request.cmd(Command.SET)
                        .arg(Keys.TAIL_WANTED)
                        .arg(1)
                        .arg("PX")
                        .arg(WANTED.toMillis()))
                .mapEmpty();
    }

    @Override
    public Future<Boolean> isWanted() {
        return link.send(Request.cmd(Command.EXISTS).arg(Keys.TAIL_WANTED)).map(answer -> answer.toInteger() == 1);
    }

    @Override
    public Future<Void> append(List<TailLine> lines) {
        List<Request> batch = new ArrayList<>(lines.size() + 1);
        lines.forEach(line -> batch.add(add(line)));
        batch.add(Request.cmd(Command.PEXPIRE).arg(Keys.TAIL).arg(KEPT.toMillis()));
        return link.batch(batch).mapEmpty();
    }

    private static Request add(TailLine line) {
        Request request = Request.cmd(Command.XADD)
                .arg(Keys.TAIL)
                .arg("MAXLEN")
                .arg("~")
                .arg(MOST)
                .arg("*")
                .arg("kind")
                .arg(line.kind().name())
                .arg("tenant")
                .arg(line.tenant())
                .arg("json")
                .arg(line.json());
        if (line.webhook() != null) {
            request.arg("webhook").arg(line.webhook());
        }
        return line.type() == null ? request : request.arg("type").arg(line.type());
    }

    @Override
    public Future<Page> after(TailPlace place, int limit) {
        return link.send(Request.cmd(Command.XRANGE)
                        .arg(Keys.TAIL)
                        .arg(place.toString())
                        .arg("+")
                        .arg("COUNT")
                        .arg(limit + 1))
                .map(found -> page(place, limit, found));
    }

    private static Page page(TailPlace from, int limit, Response found) {
        if (found.size() == 0) {
            return new Page(Join.NOTHING, List.of(), from, false);
        }
        boolean isNext = id(found.get(0)).equals(from.toString());
        TailPlace end = TailPlace.of(id(found.get(found.size() - 1))).orElse(from);
        List<Placed> lines = found.stream()
                .skip(isNext ? 1 : 0)
                .map(RedisTail::placed)
                .flatMap(Optional::stream)
                .toList();
        return new Page(isNext ? Join.NEXT : Join.LATER, lines, end, found.size() > limit);
    }

    private static String id(Response entry) {
        return entry.get(0).toString();
    }

    @Override
    public Future<TailPlace> end() {
        return link.send(Request.cmd(Command.XREVRANGE)
                        .arg(Keys.TAIL)
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(1))
                .map(found -> found.stream()
                        .findFirst()
                        .flatMap(entry -> TailPlace.of(entry.get(0).toString()))
                        .orElse(TailPlace.START));
    }

    /** Empty for what another version may have written: the others are shown. */
    private static Optional<Placed> placed(Response entry) {
        Map<String, String> fields = fields(entry.get(1));
        try {
            TailLine line = new TailLine(
                    TailLine.Kind.valueOf(text(fields, "kind")),
                    text(fields, "tenant"),
                    fields.get("webhook"),
                    fields.get("type"),
                    text(fields, "json"));
            return TailPlace.of(entry.get(0).toString()).map(place -> new Placed(place, line));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static Map<String, String> fields(Response pairs) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
        }
        return fields;
    }

    private static String text(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }
}
