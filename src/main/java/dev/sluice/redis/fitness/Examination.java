package dev.sluice.redis.fitness;

import dev.sluice.redis.trouble.Trouble;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.function.Function;

/** One look at what Redis says of itself, on any connection. */
record Examination(Function<Request, Future<Response>> redis, Needs needs) {
    private static final Command WAITAOF = Command.create("waitaof");

    Future<Fitness> look(Fitness former) {
        return vitals().compose(vitals -> fsync().compose(fsync -> {
            Fitness fitness = Fitness.of(vitals, needs, fsync, former);
            boolean waits = fitness.mayStart() && needs.disk() && vitals.waitsForDisk();
            return waits || needs.replicas() > 0 ? reach(fitness) : Future.succeededFuture(fitness);
        }));
    }

    private Future<Vitals> vitals() {
        Request info = Request.cmd(Command.INFO)
                .arg("server")
                .arg("memory")
                .arg("persistence")
                .arg("replication");
        return redis.apply(info).map(answer -> Vitals.read(answer.toString()));
    }

    /** Where nobody may ask for it, it is unknown. */
    private Future<String> fsync() {
        if (!needs.disk()) {
            return Future.succeededFuture("unknown");
        }
        return redis.apply(Request.cmd(Command.CONFIG).arg("GET").arg("appendfsync"))
                .map(answer -> answer.size() < 2 ? "unknown" : answer.get(1).toString())
                .recover(cause ->
                        Trouble.of(cause) == null ? Future.succeededFuture("unknown") : Future.failedFuture(cause));
    }

    /** Whether the last write on this connection gets as far as is promised. */
    private Future<Fitness> reach(Fitness fitness) {
        long patience = needs.patience().toMillis();
        int needed = Math.max(1, needs.replicas());
        Request wait = needs.replicas() > 0
                ? Request.cmd(Command.WAIT).arg(needed).arg(patience)
                : Request.cmd(WAITAOF).arg(1).arg(0).arg(patience);
        return redis.apply(wait)
                .map(answer -> needs.replicas() > 0
                        ? answer.toInteger()
                        : answer.get(0).toInteger())
                .map(reached -> reached >= needed ? fitness : fitness.notReached(reached, needs));
    }
}
