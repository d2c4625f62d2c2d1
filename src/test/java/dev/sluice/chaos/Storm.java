package dev.sluice.chaos;

import static org.awaitility.Awaitility.await;

import dev.sluice.testing.Gateways;
import dev.sluice.testing.Limits;
import dev.sluice.testing.NameServer;
import dev.sluice.testing.OwnNames;
import dev.sluice.testing.PodClasses;
import dev.sluice.testing.Relay;
import dev.sluice.testing.WrongClock;
import dev.sluice.testing.redis.RedisPair;
import dev.sluice.testing.redis.RedisProcess;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Pods as processes under load, and everything around them goes wrong by chance: pods, Redis, the lines between, names, clocks. The
 * package comment says who is who. For the thread of the test.
 */
final class Storm implements AutoCloseable {
    /** Keeps the order of keys, and tries for as long as it takes. */
    static final String ORDERED = "ordered";
    /** Gives up soon; its endpoint never takes some of the events. */
    static final String GIVES_UP = "gives-up";

    private static final int KEYS = 8;
    private static final int HOPELESS = 97;
    private static final int MOST_UNDER_WAY = 400;
    private static final int AROUND = 20;
    private static final Duration LEAST = Duration.ofMillis(300);
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final Duration REST = Duration.ofSeconds(1);

    private final RedisPair redis = new RedisPair();
    private final NameServer names = new NameServer(EndpointTroubles.HOME);
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private final List<StormPod> pods = new ArrayList<>();
    private final Relay toEndpoint;
    private final Troubles troubles;
    private final boolean canMove = !System.getProperty("os.name").startsWith("Mac"); // has 127.0.0.1 only
    final Scenario scenario;
    final StormLedger ledger;

    // read by producers
    private volatile boolean isHeld;
    private volatile int writtenOff;

    Storm(Gateways gateways, Path folder, long seed, int count) {
        scenario = new Scenario(gateways, settings(), seed, true);
        troubles = new Troubles(new Random(seed + 3));
        ledger = new StormLedger(scenario);
        toEndpoint = canMove
                ? new Relay(scenario.receiver.port(), EndpointTroubles.HOME, EndpointTroubles.ELSEWHERE)
                : new Relay(scenario.receiver.port());
        Optional<WrongClock> clock = WrongClock.in(folder);
        startPods(gateways, folder, count, clock);
        new PodTroubles(pods, troubles).add();
        new PodTroubles(pods, troubles).add(clock);
        new RedisTroubles(redis, pods, troubles).add();
        new EndpointTroubles(toEndpoint, names, troubles).add();
        troubles.add(() -> new Trouble("Redis loses all data", Trouble.Place.EVERYWHERE, this::flush, () -> {}));
        sayWhatIsLeftOut(clock);
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = Gateways.settings("");
        settings.put("SLUICE_JOURNAL_DURABILITY", "replicas");
        settings.put("SLUICE_JOURNAL_REPLICAS", "1");
        // A pod or an endpoint that is only slow here is not taken for dead.
        settings.put("SLUICE_JOURNAL_CLAIM_AFTER", "15s");
        settings.put("SLUICE_DELIVERY_PARKING_LEASE", "30s");
        settings.put("SLUICE_DELIVERY_TIMEOUT", "5s");
        settings.put("SLUICE_DELIVERY_RETRY_DELAYS", "200ms,400ms,800ms" + ",2s".repeat(200));
        settings.put("SLUICE_DELIVERY_CIRCUIT_OPEN_FOR", "1s");
        settings.put("SLUICE_DELIVERY_CIRCUIT_OPEN_FOR_MAX", "2s");
        return settings;
    }

    private void startPods(Gateways gateways, Path folder, int count, Optional<WrongClock> clock) {
        List<String> command = PodClasses.commandWith(OwnNames.folder(folder), OwnNames.option(names));
        for (int i = 0; i < count; i++) {
            Relay line = new Relay(redis.master().port());
            Map<String, String> own = new HashMap<>();
            own.put("SLUICE_REDIS_URI", "redis://:" + RedisProcess.PASSWORD + "@127.0.0.1:" + line.port());
            if (i == 0) {
                clock.ifPresent(found -> own.putAll(found.variables()));
            }
            pods.add(new StormPod(gateways, scenario, command, own, line));
        }
        awaitPods();
    }

    private static void sayWhatIsLeftOut(Optional<WrongClock> clock) {
        if (clock.isEmpty()) {
            System.out.println("Left out, there is no faketime: the clock of a pod is put forward or back");
        }
        if (!Limits.canBeSet()) {
            System.out.println("Left out, there is no prlimit: no file handle left, a full disk");
        }
    }

    /** By chance for so long; returns when producers have stopped, and nothing is left to do. */
    void rage(Duration time) {
        begin();
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            round(troubles.next());
        }
        end();
    }

    private void begin() {
        createWebhooks();
        scenario.receiver.hopeless.put(GIVES_UP, number -> number % HOPELESS == 0);
        scenario.producers.isFarAhead = () -> isHeld
                || scenario.producers.accepted.size()
                        > scenario.receiver.inbox(ORDERED).taken.size() + writtenOff + MOST_UNDER_WAY;
        scenario.producers.start(KEYS);
        awaitMore();
        ledger.calm();
    }

    private void end() {
        scenario.stopProducers();
        awaitAll();
        Quiet.awaitAll(scenario, script -> redis.master().command("EVAL", script, "0"));
    }

    private void round(List<Trouble> now) {
        scenario.goOnFor(troubles.between(LEAST, REST));
        String story = String.join(" + ", now.stream().map(Trouble::name).toList());
        System.out.println("… " + story);
        now.forEach(trouble -> trouble.begins().run());
        scenario.goOnFor(troubles.between(LEAST, MOST));
        now.forEach(trouble -> trouble.ends().run());
        awaitPods();
        long over = System.nanoTime();
        awaitMore();
        ledger.round(now, Duration.ofNanos(System.nanoTime() - over));
    }

    private void awaitPods() {
        pods.forEach(pod -> until(pod::isThere));
    }

    private void createWebhooks() {
        ids.put(ORDERED, create(ORDERED, new JsonObject().put("ordering", "key")));
        ids.put(
                GIVES_UP,
                create(
                        GIVES_UP,
                        new JsonObject()
                                .put(
                                        "retry",
                                        new JsonObject()
                                                .put(
                                                        "delaysMs",
                                                        new JsonArray()
                                                                .add(1000)
                                                                .add(1000)))));
        for (String id : ids.values()) {
            until(() -> pods.stream().allMatch(pod -> isKnown(pod, id)));
        }
    }

    private String create(String name, JsonObject settings) {
        String url = "http://receiver.test:" + toEndpoint.port() + "/" + name;
        return scenario.createWebhook(name, settings.put("url", url));
    }

    private boolean isKnown(StormPod pod, String webhook) {
        return scenario.status(pod.process().url() + "/v1/webhooks/" + webhook) == 200;
    }

    /** Events are accepted and come to each webhook. */
    private void awaitMore() {
        int accepted = scenario.producers.accepted.size();
        int ordered = scenario.receiver.inbox(ORDERED).taken.size();
        int other = scenario.receiver.inbox(GIVES_UP).taken.size();
        until(() -> scenario.producers.accepted.size() >= accepted + AROUND
                && scenario.receiver.inbox(ORDERED).taken.size() >= ordered + AROUND
                && scenario.receiver.inbox(GIVES_UP).taken.size() >= other + AROUND);
    }

    private void awaitAll() {
        await().atMost(Scenario.CATCHING_UP)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    ledger.died(deadLetters());
                    return ledger.outcome(ORDERED).lost() == 0
                            && ledger.outcome(GIVES_UP).lost() == 0;
                });
    }

    private static void until(BooleanSupplier done) {
        await().atMost(Scenario.CATCHING_UP).pollInterval(Duration.ofMillis(20)).until(done::getAsBoolean);
    }

    /** While no event is on its way in, so that it is known which were accepted before. */
    private void flush() {
        isHeld = true;
        until(() -> scenario.producers.resting.get() == KEYS);
        Map<String, Set<String>> dead = deadLetters();
        redis.master().command("FLUSHALL");
        for (String id : ids.values()) {
            until(() -> pods.stream().noneMatch(pod -> isKnown(pod, id)));
        }
        createWebhooks();
        int first = scenario.producers.accepted.keySet().stream()
                .mapToInt(number -> number + 1)
                .max()
                .orElse(0);
        ledger.flushed(first, dead);
        writtenOff = ledger.outcome(ORDERED).flushed();
        isHeld = false;
    }

    private Map<String, Set<String>> deadLetters() {
        Map<String, Set<String>> dead = new HashMap<>();
        ids.forEach((name, id) -> dead.put(name, deadLetters(id)));
        return dead;
    }

    private Set<String> deadLetters(String webhook) {
        Set<String> events = new HashSet<>();
        String cursor = "";
        while (cursor != null) {
            String path = "/v1/dead-letters?limit=500&webhook=" + webhook + cursor;
            JsonObject page =
                    scenario.call(HttpMethod.GET, pods.get(0).process().url() + path, new JsonObject());
            page.getJsonArray("deadLetters").forEach(each -> events.add(((JsonObject) each).getString("event")));
            cursor = page.getString("cursor") == null ? null : "&cursor=" + page.getString("cursor");
        }
        return events;
    }

    @Override
    public void close() {
        scenario.close();
        pods.forEach(pod -> pod.line.close());
        toEndpoint.close();
        names.close();
        redis.close();
    }
}
