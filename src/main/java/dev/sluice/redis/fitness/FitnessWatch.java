package dev.sluice.redis.fitness;

import dev.sluice.redis.RedisLink;
import dev.sluice.redis.line.Server;
import dev.sluice.redis.trouble.Trouble;
import dev.sluice.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks twice a second whether Redis can hold what is promised, and whether it has the data that it had. What it asks is
 * a write, so that a Redis that takes none is found. Lives on the context of its link; any thread may ask what it found.
 */
public final class FitnessWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FitnessWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(400);

    private final RedisLink link;
    private final Needs needs;
    private final Timers timers;
    private final Listener listener;

    // confined state
    private final List<Pulse> pulses;
    private Map<String, Fitness> former = Map.of();
    private List<String> knownServers = List.of();
    private final List<Runnable> others = new ArrayList<>();
    private boolean stopped;

    // read by other threads
    private volatile Fitness found = Fitness.UNKNOWN;

    /** Told what is seen from outside. */
    public interface Listener {
        Listener NONE = (troubles, memoryShare) -> {};

        /** @param memoryShare of maxmemory that is used, 0 without a limit */
        void looked(Set<Trouble> troubles, double memoryShare);
    }

    /** @param link of its own: its commands may block for as long as the needs have patience */
    public FitnessWatch(RedisLink link, Needs needs, Timers timers, Listener listener) {
        this.link = link;
        this.needs = needs;
        this.pulses = Pulse.of(link.isOneServer());
        this.timers = timers;
        this.listener = listener;
    }

    /** Completes after the first look. */
    public Future<Void> start() {
        return look().onComplete(done -> again());
    }

    public void stop() {
        stopped = true;
    }

    /** Events may be taken. */
    public boolean isFit() {
        return found.isFit();
    }

    /** For people; none if nothing is wrong, some also if a part is away. */
    public List<String> reasons() {
        return found.reasons();
    }

    /** Runs when Redis has other data than before: it was flushed, began empty, or was restored. Register before the start. */
    public void onOtherData(Runnable listener) {
        others.add(listener);
    }

    private void again() {
        if (!stopped) {
            timers.after(PAUSE, () -> look().onComplete(done -> again()));
        }
    }

    /** Never fails. */
    private Future<Void> look() {
        return beat().compose(beaten -> examine(beaten)).transform(looked -> {
            become(looked.succeeded() ? looked.result() : without(looked));
            return Future.succeededFuture();
        });
    }

    /** Answers whether all were taken; fails if none was. */
    private Future<Boolean> beat() {
        List<Future<Response>> beats =
                pulses.stream().map(pulse -> link.call(pulse.call())).toList();
        return Future.join(beats).transform(done -> {
            boolean isAny = beats.stream().anyMatch(Future::succeeded);
            if (!isAny) {
                return Future.failedFuture(done.cause());
            }
            compare(beats);
            return Future.succeededFuture(done.succeeded());
        });
    }

    private void compare(List<Future<Response>> beats) {
        boolean isOther = false;
        for (int i = 0; i < beats.size(); i++) {
            isOther |= beats.get(i).succeeded()
                    && !pulses.get(i).goesOn(beats.get(i).result());
        }
        if (isOther) {
            LOG.atWarn().log("Redis has other data than before: flushed, restored or lost");
            others.forEach(Runnable::run);
        }
    }

    private void tellServers(List<String> names) {
        if (!names.equals(knownServers) && !knownServers.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("were", knownServers)
                    .addKeyValue("are", names)
                    .log("Redis has other masters");
        }
        knownServers = names;
    }

    private Future<Fitness> examine(boolean isWhole) {
        return link.onServers(servers -> examine(servers, isWhole));
    }

    private Future<Fitness> examine(List<Server> servers, boolean isWhole) {
        tellServers(servers.stream().map(Server::name).toList());
        List<Future<Fitness>> each = servers.stream()
                .map(server -> new Examination(server.send(), needs)
                        .look(former.getOrDefault(server.name(), Fitness.UNKNOWN))
                        .transform(looked ->
                                Future.succeededFuture(looked.succeeded() ? looked.result() : without(looked))))
                .toList();
        return Future.all(each).map(done -> {
            Map<String, Fitness> found = new LinkedHashMap<>();
            for (int i = 0; i < each.size(); i++) {
                found.put(servers.get(i).name(), each.get(i).result());
            }
            former = found;
            return isWhole ? Fitness.ofAll(found) : Fitness.ofAll(found).inPart();
        });
    }

    private static Fitness without(AsyncResult<Fitness> failed) {
        Trouble known = Trouble.of(failed.cause());
        Trouble trouble = known == null ? Trouble.REFUSES : known;
        return Fitness.without(
                trouble, "%s: %s".formatted(trouble.sentence(), failed.cause().getMessage()));
    }

    private void become(Fitness next) {
        Fitness former = found;
        found = next;
        listener.looked(next.troubles().keySet(), next.memoryShare());
        if (stopped || former.troubles().keySet().equals(next.troubles().keySet())) {
            return;
        }
        if (next.troubles().isEmpty()) {
            LOG.atInfo().addKeyValue("was", former.troubles().keySet()).log("Redis is fit again; events are taken");
        } else {
            LOG.atWarn()
                    .addKeyValue("trouble", next.troubles().keySet())
                    .addKeyValue("reasons", next.reasons())
                    .log(
                            next.isFit()
                                    ? "a part of Redis is away; events are taken for the others"
                                    : "Redis is not fit; events are refused");
        }
    }
}
