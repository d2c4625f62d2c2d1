package dev.sluice.bench.trial;

import dev.sluice.bench.lab.Child;
import dev.sluice.bench.lab.CpuMeter;
import dev.sluice.bench.lab.Gateway;
import dev.sluice.bench.lab.Load;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.Receiver;
import dev.sluice.bench.lab.RedisServer;
import dev.sluice.bench.lab.Wait;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.worker.Latency;
import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs of the load through the gateway, each watched until all that was accepted has arrived. */
public final class Trial {
    public static final String TO_ACCEPTED = "to 202";
    public static final String TO_ARRIVAL = "to arrival";

    /** Longer than other pods wait before they claim what a pod left, and than the first retry. */
    private static final Duration STALLED = Duration.ofSeconds(30);

    /** For a run that ends by itself. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration STEP = Duration.ofMillis(20);

    private final List<Gateway> gateways;
    private final Load load;
    private final Receiver receiver;
    private final Ledger ledger;
    private final Options.Form form;
    private final Map<Party, List<Child>> parties;
    private final AtomicInteger runs;
    private boolean isWarm;

    public Trial(Gateway gateway, RedisServer redis, Load load, Receiver receiver, Ledger ledger, Options.Form form) {
        this(List.of(gateway), List.of(redis), load, receiver, ledger, form, new AtomicInteger());
    }

    private Trial(
            List<Gateway> gateways,
            List<RedisServer> redis,
            Load load,
            Receiver receiver,
            Ledger ledger,
            Options.Form form,
            AtomicInteger runs) {
        this.gateways = gateways;
        this.load = load;
        this.receiver = receiver;
        this.ledger = ledger;
        this.form = form;
        this.runs = runs;
        this.parties = Map.of(
                Party.SUBJECT, gateways.stream().map(Gateway::child).toList(),
                Party.REDIS, redis.stream().map(RedisServer::child).toList(),
                Party.LOAD, List.of(load.child()),
                Party.RECEIVER, List.of(receiver.child()));
    }

    /** With the same load and receiver, through another gateway. */
    public Trial with(Gateway other, RedisServer itsRedis) {
        return with(List.of(other), List.of(itsRedis));
    }

    /** With the same load and receiver, through several pods in turn; their CPU is the sum of them, and so is that of Redis. */
    public Trial with(List<Gateway> others, List<RedisServer> theirRedis) {
        return new Trial(others, theirRedis, load, receiver, ledger, form, runs);
    }

    /** How long to warm up: at length if nothing was before. */
    public Duration warmUpTime() {
        Duration time = isWarm ? form.warmUp() : form.firstWarmUp();
        isWarm = true;
        return time;
    }

    /** As fast as the gateway accepts, for {@link #warmUpTime}; the sample is of the time when it is warm. */
    public Sample warmUp(Workload workload) {
        if (!isWarm) {
            saturated("warm-up", workload, warmUpTime());
        }
        return saturated("warm-up", workload, warmUpTime());
    }

    /** As fast as the gateway accepts. */
    public Sample saturated(String name, Workload workload) {
        return saturated(name, workload, form.time());
    }

    public Sample saturated(String name, Workload workload, Duration time) {
        return run(name, workload, time, 0, 0);
    }

    /** So many events, as fast as the gateway accepts: for what it accepts faster than it delivers. */
    public Sample counted(String name, Workload workload, long events) {
        return run(name, workload, PATIENCE, events, 0);
    }

    /** At a fixed rate of events, for latencies from when each was due. */
    public Sample atRate(double perSecond, String name, Workload workload, Duration time) {
        return run(name, workload, time, 0, perSecond);
    }

    private Sample run(String name, Workload workload, Duration time, long count, double perSecond) {
        int run = runs.incrementAndGet();
        receiver.open(run, workload);
        long unmatched = unmatched();
        CpuMeter meter = CpuMeter.start(parties);
        Load.Outcome sent = load.run(new Load.Plan(run, ports(), workload, time, count, perSecond, isTls()));
        long expected = sent.awaited() * workload.hooks();
        long backlog = Math.max(0, expected - receiver.arrived().unique());
        Receiver.Arrived arrived = drain(expected);
        if (workload.hooks() == 0) {
            Wait.until(
                    "events that nobody wants are settled", STALLED, () -> unmatched() - unmatched >= sent.accepted());
        }
        Map<Party, Duration> cpu = meter.read();
        ledger.add(name, workload, sent, arrived);
        return sample(name, workload, sent, arrived, cpu, perSecond).with(Figure.BACKLOG, backlog);
    }

    private List<Integer> ports() {
        return gateways.stream().map(Gateway::port).toList();
    }

    private boolean isTls() {
        return gateways.get(0).isTls();
    }

    private long unmatched() {
        return gateways.stream().mapToLong(Gateway::unmatched).sum();
    }

    private static Sample sample(
            String name,
            Workload workload,
            Load.Outcome sent,
            Receiver.Arrived arrived,
            Map<Party, Duration> cpu,
            double perSecond) {
        long last = Math.max(sent.endMicros(), arrived.lastMicros());
        long done = workload.hooks() == 0 ? sent.accepted() : arrived.unique();
        Duration elapsed = Duration.ofNanos((last - sent.startMicros()) * 1_000);
        Map<String, Latency> latency = perSecond == 0 ? Map.of() : latency(sent, arrived);
        return new Sample(name, done, elapsed, cpu, latency, Map.of())
                .with(Figure.OFFERED_PER_SECOND, perSecond)
                .with(
                        Figure.ACCEPTED_PER_SECOND,
                        sent.accepted() * 1e9 / sent.elapsed().toNanos())
                .with(Figure.REFUSED, sent.refused())
                .with(Figure.UNANSWERED, sent.unknown())
                .with(Figure.UNSENT, sent.unsent())
                .with(Figure.ARRIVAL_SECONDS, (arrived.lastMicros() - arrived.firstMicros()) / 1e6)
                .with(Figure.LEAST_OF_TARGET, arrived.leastOfTarget())
                .with(Figure.MOST_OF_TARGET, arrived.mostOfTarget())
                .with(Figure.DISORDERED, arrived.disordered());
    }

    /**
     * So many deliveries for a webhook whose endpoint is dead.
     *
     * @param webhook its id, in the default tenant
     */
    public void park(Workload workload, String webhook, long events) {
        int run = runs.incrementAndGet();
        receiver.open(run, workload);
        long before = gateways.get(0).parked(webhook);
        Load.Outcome sent = load.run(new Load.Plan(run, ports(), workload, PATIENCE, events, 0, isTls()));
        // What a probe has in hand is not counted as parked.
        long least = before + sent.accepted() * 99 / 100;
        Wait.until("all are parked", PATIENCE, () -> gateways.get(0).parked(webhook) >= least);
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
