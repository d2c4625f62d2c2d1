package dev.sluice.bench;

import dev.sluice.bench.worker.Latency;
import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs of the load through the gateway, each watched until all that was accepted has arrived. */
final class Trial {
    static final String TO_ACCEPTED = "to 202";
    static final String TO_ARRIVAL = "to arrival";

    /** Longer than other pods wait before they claim what a pod left, and than the first retry. */
    private static final Duration STALLED = Duration.ofSeconds(30);

    private static final Duration STEP = Duration.ofMillis(20);

    private final Gateway gateway;
    private final Load load;
    private final Receiver receiver;
    private final Ledger ledger;
    private final Map<Party, Child> parties;
    private int run;

    Trial(Gateway gateway, RedisServer redis, Load load, Receiver receiver, Ledger ledger) {
        this.gateway = gateway;
        this.load = load;
        this.receiver = receiver;
        this.ledger = ledger;
        this.parties = Map.of(
                Party.SUBJECT, gateway.child(),
                Party.REDIS, redis.child(),
                Party.LOAD, load.child(),
                Party.RECEIVER, receiver.child());
    }

    /** @param perSecond the fixed rate; 0 for as fast as the gateway accepts */
    Sample run(String name, Duration time, double perSecond) {
        receiver.open(++run);
        CpuMeter meter = CpuMeter.start(parties);
        Load.Outcome sent = load.run(new Load.Plan(run, gateway.port(), Gateway.EVENTS, time, perSecond));
        long backlog = Math.max(0, sent.accepted() - receiver.arrived().unique());
        Receiver.Arrived arrived = drain(sent.accepted());
        Map<Party, Duration> cpu = meter.read();
        ledger.add(sent, arrived);
        long last = Math.max(sent.endMicros(), arrived.lastMicros());
        Duration elapsed = Duration.ofNanos((last - sent.startMicros()) * 1_000);
        return new Sample(name, arrived.unique(), elapsed, cpu, latency(sent, arrived), backlog, sent.unsent());
    }

    /** Waits until as many have arrived, or none has for long. */
    private Receiver.Arrived drain(long expected) {
        Receiver.Arrived arrived = receiver.arrived();
        long lastProgress = Ticker.SYSTEM.nanos();
        while (arrived.unique() < expected && Ticker.SYSTEM.nanos() - lastProgress < STALLED.toNanos()) {
            Wait.rest(STEP);
            long before = arrived.unique();
            arrived = receiver.arrived();
            if (arrived.unique() > before) {
                lastProgress = Ticker.SYSTEM.nanos();
            }
        }
        return arrived;
    }

    private static Map<String, Latency> latency(Load.Outcome sent, Receiver.Arrived arrived) {
        Map<String, Latency> latency = new LinkedHashMap<>();
        latency.put(TO_ACCEPTED, sent.latency());
        latency.put(TO_ARRIVAL, arrived.latency());
        return latency;
    }
}
