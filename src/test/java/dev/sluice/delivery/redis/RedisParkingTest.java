package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.held;
import static dev.sluice.delivery.ParkingSite.park;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.ChainContract;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.ParkingContract;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.RedisUnavailable;
import dev.sluice.subscription.Homes;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisParkingTest implements ParkingContract, ChainContract {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;
    private RedisParking parking;

    @BeforeEach
    void open() {
        link = LOOP.get(
                () -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "parking")));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        parking = (RedisParking) with(DeliveryConfigs.parking(LONG));
        LOOP.until(() -> parking.write(LANE, List.of(), Duration.ZERO).map(true), written -> written);
    }

    @AfterEach
    void close() {
        LOOP.get(() -> link.close());
    }

    @Override
    public Parking parking() {
        return parking;
    }

    @Override
    public Parking with(ParkingConfig config) {
        return new RedisParking(link, new Homes(1, 1), DeliveryConfigs.config(config, Duration.ofDays(30)));
    }

    @Override
    public <T> T get(Supplier<Future<T>> call) {
        return LOOP.get(call);
    }

    @Override
    public <T> T until(Supplier<Future<T>> call, Predicate<T> wanted) {
        return LOOP.until(call, wanted);
    }

    private static Delivery with(Attributes attributes, Buffer data) {
        Event event = new Event(event(1).id(), attributes, data, "strapi");
        return fresh(event);
    }

    @Test
    void keepsEveryByteOfTheDataAndTheDialect() {
        byte[] bytes = new byte[70_000];
        new Random(3).nextBytes(bytes);
        Delivery binary = with(event(1).attributes(), Buffer.buffer(bytes));
        write(park(binary));
        Event claimed = claimAll().get(0).event();
        assertThat(claimed.data().getBytes()).isEqualTo(bytes);
        assertThat(claimed.dialect()).isEqualTo("strapi");
        assertThat(claimed.id()).isEqualTo(binary.event().id());
    }

    @Test
    void parksAnEventOfMoreAttributesThanLuaHasRoomForAtOnce() {
        Attributes.Builder many = Attributes.builder().set("type", "a").set("source", "s");
        IntStream.range(0, 9000).forEach(i -> many.set("x" + i, "v"));
        write(park(with(many.build(), Buffer.buffer("{}"))));
        assertThat(claimAll().get(0).event().attributes().size()).isEqualTo(9002);
    }

    @Test
    void claimsFewerWhereTheyAreLarge() {
        Buffer half = Buffer.buffer(new byte[600_000]);
        Parking.Outcome[] outcomes = IntStream.range(0, 6)
                .mapToObj(i -> park(fresh(event(i, "a", half))))
                .toArray(Parking.Outcome[]::new);
        write(outcomes);
        Parking.Claim claim = claim(100);
        assertThat(claim.deliveries()).hasSize(2);
        assertThat(claim.more()).isTrue();
    }

    @Test
    void purgesMoreThanOneScriptTakesAtOnce() {
        for (int from = 0; from < 2500; from += 500) {
            write(IntStream.range(from, from + 500)
                    .mapToObj(i -> park(fresh(i)))
                    .toArray(Parking.Outcome[]::new));
        }
        assertThat(LOOP.get(() -> parking.purge(LANE))).isEqualTo(2500);
        assertThat(REDIS.command("DBSIZE")).isEqualTo(":0");
    }

    @Test
    void looksAtASleepingLaneAgainThoughNobodyRousesIt() {
        write(park(fresh(1)));
        LOOP.get(() -> parking.sleep(LANE));
        assertThat(REDIS.command("EXISTS", Keys.wake("q0"))).isEqualTo(":1");
        claimAll().forEach(claimed -> write(new Parking.Outcome.Finish(held(claimed))));
        LOOP.get(() -> parking.sleep(LANE));
        assertThat(REDIS.command("EXISTS", Keys.wake("q0"))).isEqualTo(":0");
    }

    @Test
    void leavesNothingBehindWhenEverythingIsFinished() {
        write(park(fresh(1)), park(fresh(2)));
        claimAll().forEach(claimed -> write(new Parking.Outcome.Finish(held(claimed))));
        LOOP.get(() -> parking.claim(LANE, 1));
        assertThat(REDIS.command("DBSIZE")).isEqualTo(":0");
    }

    @Test
    void writesAgainAfterRedisForgotItsScripts() {
        REDIS.command("SCRIPT", "FLUSH");
        LOOP.until(
                () -> parking.write(LANE, List.of(park(fresh(1))), Duration.ZERO)
                        .map(true),
                done -> done);
        assertThat(claimAll()).hasSize(1);
    }

    @Test
    void failsWhileRedisIsAway() {
        REDIS.kill();
        assertThatThrownBy(() -> LOOP.get(() -> parking.write(LANE, List.of(park(fresh(1))), Duration.ZERO)))
                .isInstanceOf(RedisUnavailable.class);
    }
}
