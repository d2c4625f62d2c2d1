package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.events;
import static dev.sluice.delivery.ParkingSite.finish;
import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.park;
import static dev.sluice.delivery.ParkingSite.tried;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.ParkingSite;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a look at a lane costs Redis, in commands, is the same however much is parked for it. */
class RedisParkingCostTest extends RedisPlace {
    private static final int FEW = 100;
    private static final int MANY = 4_000;
    private static final int HUGE = 20_000;
    private static final int BATCH = 100;

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    @Override
    RedisServer redis() {
        return REDIS;
    }

    @Override
    Loop loop() {
        return LOOP;
    }

    private void parkAll(int count, IntFunction<Outcome> outcome) {
        for (int from = 0; from < count; from += 200) {
            write(IntStream.range(from, Math.min(count, from + 200))
                    .mapToObj(outcome)
                    .toArray(Outcome[]::new));
        }
    }

    /** How often each command ran, those of scripts included. */
    private Map<String, Integer> cost(Runnable work) {
        REDIS.command("CONFIG", "RESETSTAT");
        work.run();
        String stats = LOOP.get(() -> link.send(Request.cmd(Command.INFO).arg("commandstats")))
                .toString();
        Map<String, Integer> calls = new TreeMap<>();
        stats.lines().filter(line -> line.startsWith("cmdstat_")).forEach(line -> {
            String name = line.substring("cmdstat_".length(), line.indexOf(':'));
            calls.put(name, Integer.valueOf(line.substring(line.indexOf("calls=") + 6, line.indexOf(','))));
        });
        return calls;
    }

    /** Of a dead endpoint: one probe, and everything around it. */
    private void look() {
        get(() -> parking.wake(0, 10));
        Claimed probe = claimOne();
        write(tried(probe, LONG));
        get(() -> parking.renew(LANE, List.of(probe.id())));
        get(() -> parking.backlog(LANE));
        get(() -> parking.blockedKeys(LANE));
        get(() -> parking.rest(LANE, LONG));
        write(finish(claimOne()));
    }

    private Map<String, Integer> costAfter(int count, IntFunction<Outcome> outcome, Runnable work) {
        parkAll(count, outcome);
        work.run(); // so that Redis knows every script
        Map<String, Integer> cost = cost(work);
        get(() -> parking.purge(LANE));
        return cost;
    }

    @Test
    void ofADeadEndpoint() {
        IntFunction<Outcome> plain = i -> park(fresh(i));
        assertThat(costAfter(MANY, plain, this::look)).isEqualTo(costAfter(FEW, plain, this::look));
    }

    @Test
    void ofALongChain() {
        IntFunction<Outcome> chained = i -> park(fresh(i, "a"));
        Runnable first = () -> write(finish(claimOne()));
        assertThat(costAfter(MANY, chained, first)).isEqualTo(costAfter(FEW, chained, first));
    }

    @Test
    void ofManyChains() {
        IntFunction<Outcome> chained = i -> park(fresh(i, "key " + i / 2));
        assertThat(costAfter(MANY - 2, chained, this::look)).isEqualTo(costAfter(FEW, chained, this::look));
    }

    /** What a claim of the next hundred and their end cost, which are as old as expected. */
    private Map<String, Integer> drainFrom(int number) {
        return cost(() -> {
            List<Claimed> claimed = claim(BATCH).deliveries();
            assertThat(claimed)
                    .extracting(Claimed::event)
                    .containsExactlyElementsOf(
                            events(IntStream.range(number, number + BATCH).toArray()));
            write(claimed.stream().map(ParkingSite::finish).toArray(Outcome[]::new));
        });
    }

    @Test
    void ofAHugeBacklogThatIsDrainedOldestFirst() {
        parkAll(HUGE, i -> park(fresh(i)));
        drainFrom(0); // so that Redis knows every script
        Map<String, Integer> ofMany = drainFrom(BATCH);
        for (int number = 2 * BATCH; number < HUGE - BATCH; number += BATCH) {
            assertThat(drainFrom(number)).as("from %d", number).isEqualTo(ofMany);
        }
        assertThat(backlog().parked()).isEqualTo(BATCH);
    }

    @Test
    void ofALookWhenNothingIsHeldOrManyAreAndThePodKnows() {
        get(() -> parking.wake(0, 100));
        Map<String, Integer> ofNone = cost(() -> get(() -> parking.wake(0, 100)));
        parkAll(MANY, i -> new Outcome.Park(fresh(i), 0, LONG, LONG));
        until(() -> parking.wake(0, 100), woken -> !woken.more());
        assertThat(cost(() -> get(() -> parking.wake(0, 100))))
                .isEqualTo(ofNone)
                .containsEntry("xrange", 1);
    }

    @Test
    void ofManyDeadLetters() {
        IntFunction<Outcome> dead = i -> new Outcome.Bury(fresh(i), 0, "exhausted");
        Runnable bury = () -> write(dead.apply(MANY + 1));
        assertThat(costAfter(MANY, dead, bury)).isEqualTo(costAfter(FEW, dead, bury));
    }
}
