package dev.sluice.sim;

import dev.sluice.event.Append;
import dev.sluice.event.Appended;
import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import dev.sluice.event.Receipt;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Webhooks;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of a fleet: some pods, one Redis, endpoints, producers, and what goes wrong; then all is well for as long as it takes, and
 * it is judged.
 */
final class World {
    private static final long BUSY = 20 * Times.SECOND;
    private static final long MOST = 8 * Times.MINUTE;
    /** For attempts of a deleted webhook that hang, and what pods tell Redis late. */
    private static final long AFTERWARDS = 20 * Times.SECOND;

    static final String PREFIX = "sluice:";

    /** Of events whose data is kept once for all of their deliveries. */
    private static final String LARGE = "x".repeat(5000);

    final Mutation mutation;
    final Scheduler scheduler;
    final SimServer server;
    final Endpoints endpoints;
    final Truth truth;
    final List<Webhook> webhooks = new ArrayList<>();
    private final List<SimPod> pods = new ArrayList<>();
    private final Troubles troubles;
    private final Books books;
    private final Owners owners;
    final RedisSays redis;
    private int podsEver;
    private int events;
    private long slowFrom;
    private long slowUntil;
    private long slowness;

    World(long seed, Mutation mutation) {
        this.mutation = mutation;
        this.scheduler = new Scheduler(seed);
        this.truth = new Truth(this);
        this.server = new SimServer(scheduler, mutation::ofScript, wrong -> truth.violate("%s", wrong));
        this.books = new Books(server, wrong -> truth.violate("%s", wrong));
        this.endpoints = new Endpoints(this);
        this.troubles = new Troubles(this);
        this.owners = new Owners(this);
        this.redis = new RedisSays(server, troubles);
    }

    /** From beginning to end. */
    List<String> run() {
        webhooks();
        int count = (int) scheduler.between(1, 3);
        for (int i = 0; i < count; i++) {
            begin();
        }
        scheduler.runUntil(Times.SECOND);
        registered(0);
        scheduler.runUntil(2 * Times.SECOND);
        produce();
        check();
        troubles.plan(2 * Times.SECOND, BUSY);
        scheduler.after(Times.SECOND, owners::look);
        scheduler.runUntil(BUSY);
        heal();
        settle();
        return truth.violations;
    }

    private void webhooks() {
        webhooks.add(Webhooks.webhook("wh_plain", "a", "b"));
        webhooks.add(Webhooks.ordered(Webhooks.webhook("wh_ordered", "a", "b")));
        webhooks.add(Webhooks.withRateLimit(
                Webhooks.webhook("wh_limited", "a"), new Pacing.RateLimit(5, Duration.ofSeconds(1), 2)));
        webhooks.add(Webhooks.withCoalesce(
                Webhooks.webhook("wh_coalesced", "b"),
                new Pacing.Coalesce(Pacing.Coalesce.By.KEY, Duration.ofMillis(500), Duration.ofSeconds(2))));
        webhooks.add(Webhooks.webhook("wh_changing", "a", "b"));
    }

    /** One after the other, as a person does, until Redis has it. */
    private void registered(int number) {
        SimPod pod = ready();
        if (number < webhooks.size()) {
            if (pod == null) {
                scheduler.after(100 * Times.MILLI, () -> registered(number));
                return;
            }
            pod.loop.turn(() -> pod.registry
                    .save(webhooks.get(number))
                    .onComplete(saved -> registered(saved.succeeded() ? number + 1 : number)));
        }
    }

    SimPod begin() {
        long skew = scheduler.chance(0.3) ? scheduler.between(-90_000, 90_000) : 0;
        SimPod pod = new SimPod(this, "pod" + ++podsEver, skew);
        pods.add(pod);
        return pod;
    }

    void diesUnstarted(SimPod pod) {
        pod.loop.die();
        pods.remove(pod);
        scheduler.after(Times.SECOND, this::begin);
    }

    /** It ended in order. */
    void ended(SimPod pod) {
        scheduler.tell("%s has ended", pod.name);
        pod.tally.unbalancedAfterDrain(pod.name).forEach(wrong -> truth.violate("%s after its drain", wrong));
        kill(pod);
    }

    void kill(SimPod pod) {
        pod.loop.die();
        pods.remove(pod);
        List.copyOf(server.lines()).stream().filter(line -> line.isOf(pod.loop)).forEach(SimLine::cut);
    }

    List<SimPod> pods() {
        return pods;
    }

    long podsEver() {
        return podsEver;
    }

    SimPod ready() {
        List<SimPod> ready =
                pods.stream().filter(pod -> pod.isReady() && pod.loop.isAwake()).toList();
        return ready.isEmpty() ? null : ready.get(scheduler.random.nextInt(ready.size()));
    }

    /** Most messages are fast, some are late; all are while the network is slow. */
    long latency() {
        long usual = scheduler.between(50 * Times.MICRO, 900 * Times.MICRO);
        if (scheduler.now() >= slowFrom && scheduler.now() < slowUntil) {
            return usual + scheduler.between(0, slowness);
        }
        return scheduler.chance(0.005) ? usual + scheduler.between(0, 80 * Times.MILLI) : usual;
    }

    void slowNetwork(long span, long most) {
        slowFrom = scheduler.now();
        slowUntil = slowFrom + span;
        slowness = most;
    }

    private void check() {
        books.check(truth.changed);
        scheduler.after(Times.SECOND, this::check);
    }

    private void produce() {
        if (scheduler.now() >= BUSY - Times.SECOND) {
            return;
        }
        SimPod pod = ready();
        if (pod != null) {
            List<Draft> drafts = new ArrayList<>();
            for (long i = scheduler.between(1, 3); i > 0; i--) {
                drafts.add(draft());
            }
            pod.loop.turn(() -> pod.append(new Append(drafts)).onSuccess(done -> appended(drafts, done)));
        }
        scheduler.after(scheduler.between(10 * Times.MILLI, 900 * Times.MILLI), this::produce);
    }

    private Draft draft() {
        String type = scheduler.chance(0.5) ? "a" : "b";
        Map<String, String> attributes = new TreeMap<>(Map.of(
                "type",
                type,
                "source",
                "sim",
                "time",
                "2026-11-28T00:00:00.000Z",
                "datacontenttype",
                "application/json"));
        if (scheduler.chance(0.6)) {
            attributes.put(Attributes.PARTITION_KEY, "k" + scheduler.between(1, 3));
        }
        Identity identity = scheduler.chance(0.2) ? Identity.of("name" + events) : null;
        String more = ++events % 4 == 0 ? LARGE : "";
        String data = "{\"n\":%d,\"more\":\"%s\"}".formatted(events, more);
        return new Draft(Attributes.of(pairs(attributes)), Buffer.buffer(data), null, identity);
    }

    private static String[] pairs(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .flatMap(one -> List.of(one.getKey(), one.getValue()).stream())
                .toArray(String[]::new);
    }

    private void appended(List<Draft> drafts, Appended answer) {
        if (answer instanceof Appended.Durable durable) {
            for (int i = 0; i < drafts.size(); i++) {
                Receipt receipt = durable.receipts().get(i);
                Attributes attributes = drafts.get(i).attributes();
                truth.accepted(receipt.id().text(), attributes.get("type"), attributes.get(Attributes.PARTITION_KEY));
                scheduler.tell(
                        "accepted %s, type %s, key %s",
                        receipt.id(), attributes.get("type"), attributes.get(Attributes.PARTITION_KEY));
            }
        }
    }

    /** From now on all is well. */
    private void heal() {
        scheduler.tell("all is well from now on");
        troubles.end();
        endpoints.heal();
        slowUntil = 0;
        if (pods.isEmpty()) {
            begin();
        }
    }

    private void settle() {
        long end = scheduler.now() + MOST;
        while (scheduler.now() < end) {
            scheduler.runUntil(scheduler.now() + Times.SECOND);
            boolean isAtWork = pods.stream().allMatch(pod -> pod.isReady() && pod.loop.isAwake());
            if (isAtWork && redis.unsettled().isEmpty()) {
                scheduler.runUntil(scheduler.now() + AFTERWARDS);
                truth.judge();
                balanced();
                owners.judge();
                return;
            }
        }
        truth.violate("not settled after %d minutes: %s", MOST / Times.MINUTE, redis.unsettled());
    }

    private void balanced() {
        for (SimPod pod : pods) {
            if (pod.isReady()) {
                pod.unbalanced().forEach(wrong -> truth.violate("%s", wrong));
                if (pod.pots.heldOfWindows() != 0 || pod.pots.heldOfParked() != 0) {
                    truth.violate(
                            "%s holds %d and %d bytes", pod.name, pod.pots.heldOfWindows(), pod.pots.heldOfParked());
                }
            }
        }
    }

    /** When it came last, of one that is dead; never, of one that is not. */
    long lastArrivalOfDead(List<Truth.Arrival> arrivals, String event) {
        return arrivals.stream()
                .filter(one -> one.event().equals(event))
                .mapToLong(Truth.Arrival::at)
                .max()
                .orElse(0);
    }

    boolean lostWritesBetween(long from, long to) {
        return troubles.lostWritesBetween(from, to);
    }

    int faults() {
        return troubles.count();
    }
}
