package dev.sluice.bench.trial;

import dev.sluice.bench.lab.Gateway;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.lab.Load;
import dev.sluice.bench.lab.Receiver;
import dev.sluice.bench.lab.RedisServer;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.worker.EventSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The processes that every scenario shares, and what watches them. */
public record Rig(
        Lab lab,
        Options options,
        RedisServer redis,
        Gateway gateway,
        Load load,
        Receiver receiver,
        Ledger ledger,
        Trial trial) {
    public static Rig start(Lab lab, Options options) {
        RedisServer redis = RedisServer.start(lab, "redis");
        Gateway gateway = Gateway.start(lab, options.jar(), redis);
        Load load = new Load(lab.worker("load", "load"));
        Receiver receiver = new Receiver(lab.worker("receiver", "receiver"));
        Ledger ledger = new Ledger();
        Trial trial = new Trial(gateway, redis, load, receiver, ledger, options.form());
        return new Rig(lab, options, redis, gateway, load, receiver, ledger, trial);
    }

    public Options.Form form() {
        return options.form();
    }

    /** A webhook that gets events of a type, as they are, at the URL. */
    public static JsonObject webhook(String type, String url) {
        return new JsonObject()
                .put("name", "bench")
                .put("url", url)
                .put("eventTypes", new JsonArray().add(type))
                .put("body", "payload")
                .put("maxInFlight", Options.CONNECTIONS);
    }

    /** One event of the usual size a request, each to one webhook. */
    public static Workload single(String type) {
        return Workload.of(EventSpec.single(type, Options.BODY_BYTES), Options.CONNECTIONS);
    }
}
