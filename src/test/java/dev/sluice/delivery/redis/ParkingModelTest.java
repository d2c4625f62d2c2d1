package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.kept;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Backlog;
import dev.sluice.delivery.Parking.Claim;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Parking.Written;
import dev.sluice.delivery.ParkingSite;
import dev.sluice.testing.InMemoryParking;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same random sequence for Redis and for the simple model in memory: both say the same, step by step. */
class ParkingModelTest extends RedisPlace {
    private static final int STEPS = 400;
    private static final int EVENTS = 60;
    private static final ParkingConfig TIGHT =
            new ParkingConfig(1, SHORT, LONG, 100, 12, 14L * PackedSize.of(fresh(1).event()), Duration.ofDays(7));

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private final ManualTicker clock = new ManualTicker();
    private final InMemoryParking model = new InMemoryParking(clock, HOMES, LONG).with(TIGHT);
    private final List<Pair<Delivery>> held = new ArrayList<>();
    private List<Pair<Outcome>> lastWrite = List.of();
    private RedisParking real;
    private String lastTime = "";

    /** The same for both, but for their times. */
    private record Pair<T>(T real, T model) {
        <R> Pair<R> map(Function<T, R> function) {
            return new Pair<>(function.apply(real), function.apply(model));
        }

        static <T> Pair<T> of(T both) {
            return new Pair<>(both, both);
        }
    }

    @Override
    RedisServer redis() {
        return REDIS;
    }

    @Override
    Loop loop() {
        return LOOP;
    }

    @BeforeEach
    void openTight() {
        real = with(TIGHT);
    }

    /** What is due at the same moment is claimed in another order than what is due one after the other. */
    private void nextMillisecond() {
        clock.advance(Duration.ofMillis(1));
        lastTime = until(this::time, time -> !time.equals(lastTime));
    }

    private Future<String> time() {
        return link.send(Request.cmd(Command.TIME))
                .map(time -> time.get(0) + "." + time.get(1).toInteger() / 1000);
    }

    private Pair<Outcome> outcome(SplittableRandom random) {
        return held.isEmpty() || random.nextInt(3) == 0 ? ofNew(random) : ofHeld(random);
    }

    private Pair<Outcome> ofNew(SplittableRandom random) {
        Delivery plain = fresh(random.nextInt(EVENTS));
        Delivery keyed = fresh(random.nextInt(EVENTS), random.nextBoolean() ? "a" : "b");
        Duration delay = random.nextInt(4) == 0 ? LONG : Duration.ZERO;
        return Pair.of(
                switch (random.nextInt(8)) {
                    case 0 -> new Outcome.Bury(keyed, 0, "gone");
                    case 1 -> keep(keyed);
                    case 2, 3 -> new Outcome.Merge(plain, random.nextBoolean() ? "s" : "t", delay, LONG);
                    case 4 -> new Outcome.Park(plain, 0, delay);
                    default -> new Outcome.Park(keyed, 0, delay);
                });
    }

    private Outcome keep(Delivery delivery) {
        held.add(Pair.of(kept(delivery, 0)));
        return new Outcome.Keep(delivery);
    }

    /** Also of what was written before: the fence has to tell. */
    private Pair<Outcome> ofHeld(SplittableRandom random) {
        Pair<Delivery> delivery = held.get(random.nextInt(held.size()));
        int found = delivery.real().attempts();
        return switch (random.nextInt(6)) {
            case 0 -> delivery.map(it -> new Outcome.Return(it, ((Delivery.Origin.Parked) it.origin()).place()));
            case 1 -> delivery.map(it -> new Outcome.Bury(kept(it, found + 1), found, "exhausted"));
            case 2, 3 -> delivery.map(it -> new Outcome.Park(kept(it, found + 1), found, Duration.ZERO));
            default -> delivery.map(Outcome.Finish::new);
        };
    }

    private void writeBoth(List<Pair<Outcome>> outcomes) {
        lastWrite = outcomes;
        Written said =
                get(() -> real.write(LANE, outcomes.stream().map(Pair::real).toList(), Duration.ZERO));
        Written expected = model.write(LANE, outcomes.stream().map(Pair::model).toList(), Duration.ZERO)
                .result();
        assertThat(said).as("%s", outcomes).isEqualTo(expected);
    }

    private void claimBoth(int limit) {
        Claim said = get(() -> real.claim(LANE, limit));
        Claim expected = model.claim(LANE, limit).result();
        assertThat(said.deliveries().stream().map(ParkingModelTest::withoutTime))
                .containsExactlyElementsOf(expected.deliveries().stream()
                        .map(ParkingModelTest::withoutTime)
                        .toList());
        assertThat(said.more()).isEqualTo(expected.more());
        for (int i = 0; i < said.deliveries().size(); i++) {
            held.add(new Pair<>(said.deliveries().get(i), expected.deliveries().get(i)).map(ParkingSite::taken));
        }
        while (held.size() > 15) {
            held.remove(0);
        }
    }

    private static Claimed withoutTime(Claimed it) {
        return new Claimed(
                it.id(), it.event(), it.attempts(), it.refused(), it.history(), 0, it.stands(), it.isUnsure());
    }

    private void compare() {
        assertThat(get(() -> real.blockedKeys(LANE)))
                .isEqualTo(model.blockedKeys(LANE).result());
        Backlog said = get(() -> real.backlog(LANE));
        Backlog expected = model.backlog(LANE).result();
        assertThat(List.of(said.parked(), said.bytes())).isEqualTo(List.of(expected.parked(), expected.bytes()));
    }

    private void step(SplittableRandom random) {
        nextMillisecond();
        int dice = random.nextInt(100);
        if (dice < 2) {
            assertThat(get(() -> real.purge(LANE))).isEqualTo(model.purge(LANE).result());
        } else if (dice < 10) {
            writeBoth(lastWrite);
        } else if (dice < 40) {
            claimBoth(1 + random.nextInt(3));
        } else {
            writeBoth(Stream.generate(() -> outcome(random))
                    .limit(1 + random.nextInt(4))
                    .toList());
        }
        compare();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void redisDoesWhatTheModelDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < STEPS; i++) {
            step(random);
        }
    }
}
