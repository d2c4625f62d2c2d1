package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.CpuMeter;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.RedisServer;
import dev.sluice.bench.lab.WorkerProcess;
import dev.sluice.bench.trial.Options;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.time.Ticker;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The floor of the journal: events into a stream, and out of it through a consumer group, in batches of 64. */
final class PipelinedRedis implements Scenario {
    public static final String APPEND = "XADD, 64 a write";
    public static final String READ = "XREADGROUP + XACK, 64 at once";

    private static final Duration SLACK = Duration.ofSeconds(30);

    private final RedisServer redis;
    private final WorkerProcess worker;
    private final Options.Form form;

    /** On a Redis apart from the gateway's, whose background work would be counted in. */
    PipelinedRedis(Rig rig) {
        this.redis = RedisServer.start(rig.lab(), "bare-redis");
        this.worker = rig.lab().worker("redis", "bare-redis-client");
        this.form = rig.form();
    }

    @Override
    public void warmUp() {
        run(form.floorWarmUp().dividedBy(2));
    }

    @Override
    public List<Sample> measure() {
        return run(form.floorTime());
    }

    private List<Sample> run(Duration time) {
        Sample append = run(APPEND, "append", time);
        ask("fill", time);
        return List.of(append, run(READ, "read", time));
    }

    private Sample run(String name, String operation, Duration time) {
        CpuMeter meter =
                CpuMeter.start(Map.of(Party.SUBJECT, List.of(worker.child()), Party.REDIS, List.of(redis.child())));
        long start = Ticker.SYSTEM.nanos();
        long events = ask(operation, time);
        return Sample.floor(name, events, Duration.ofNanos(Ticker.SYSTEM.nanos() - start), meter.read());
    }

    private long ask(String operation, Duration time) {
        JsonObject command = new JsonObject()
                .put("op", operation)
                .put("port", redis.port())
                .put("bytes", Options.BODY_BYTES)
                .put("millis", time.toMillis());
        return worker.ask(command, time.plus(SLACK)).getLong("events");
    }
}
