package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.finish;
import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.park;
import static dev.sluice.delivery.ParkingSite.taken;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.delivery.BacklogContract;
import dev.sluice.delivery.ChainContract;
import dev.sluice.delivery.CoalesceContract;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.ParkingContract;
import dev.sluice.delivery.RestContract;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.redis.Keys;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.subscription.Homes;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisParkingTest extends RedisPlace
        implements ParkingContract, ChainContract, CoalesceContract, BacklogContract, RestContract {
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
        Buffer half = Buffer.buffer(new byte[400_000]);
        Outcome[] outcomes = IntStream.range(0, 6)
                .mapToObj(i -> park(fresh(event(i, "a", half))))
                .toArray(Outcome[]::new);
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
                    .toArray(Outcome[]::new));
        }
        assertThat(LOOP.get(() -> parking.purge(LANE))).isEqualTo(2500);
        assertThat(REDIS.command("DBSIZE")).isEqualTo(":0");
    }

    @Test
    void looksAtASleepingLaneAgainThoughNobodyRousesIt() {
        write(park(fresh(1)));
        LOOP.get(() -> parking.sleep(LANE));
        assertThat(REDIS.command("EXISTS", Keys.wake("q0"))).isEqualTo(":1");
        claimAll().forEach(claimed -> write(new Outcome.Finish(taken(claimed))));
        LOOP.get(() -> parking.sleep(LANE));
        assertThat(REDIS.command("EXISTS", Keys.wake("q0"))).isEqualTo(":0");
    }

    @Test
    void leavesNothingBehindWhenEverythingIsFinished() {
        write(park(fresh(1)), park(fresh(2)));
        claimAll().forEach(claimed -> write(new Outcome.Finish(taken(claimed))));
        LOOP.get(() -> parking.claim(LANE, 1));
        assertThat(REDIS.command("DBSIZE")).isEqualTo(":0");
    }

    @Test
    void showsHowManyItStandsForAndTheLastOfThem() {
        for (int i = 10; i < 40; i++) {
            write(new Outcome.Merge(fresh(i), "slot", LONG, LONG));
        }
        String key = Keys.delivery("q0") + fresh(39).id();
        Response shown = LOOP.get(() ->
                link.send(Request.cmd(Command.HMGET).arg(key).arg("$stands").arg("$stoodfor")));
        assertThat(shown.get(0).toInteger()).isEqualTo(29);
        assertThat(shown.get(1).toString().trim().split(" "))
                .hasSize(20)
                .startsWith(fresh(19).id())
                .endsWith(fresh(38).id());
    }

    @Test
    void keepsTheOrderOfTheAttributes() {
        Attributes attributes = Attributes.of("zeta", "1", "type", "a", "alpha", "ü\"\n", "source", "s");
        write(park(with(attributes, Buffer.buffer("{}"))));
        assertThat(claimAll().get(0).event().attributes()).isEqualTo(attributes);
    }

    @Test
    void keepsTheTypesOfTheAttributes() {
        Attributes attributes = Attributes.of("type", "a", "source", "s", "urgent", "true", "n", "5", "text", "5")
                .withBare(List.of("urgent", "n"));
        write(park(with(attributes, Buffer.buffer("{}"))));
        assertThat(claimAll().get(0).event().attributes()).isEqualTo(attributes);
    }

    @Test
    void leavesNothingBehindOfChainsAndBursts() {
        write(
                park(fresh(1, "a")),
                park(fresh(2, "a")),
                new Outcome.Merge(fresh(3), "slot", Duration.ZERO, LONG),
                new Outcome.Merge(fresh(4), "slot", Duration.ZERO, LONG));
        for (int i = 0; i < 3; i++) {
            write(finish(claimOne()));
        }
        String last = scripts().keys(LANE).get(7) + ":slot";
        assertThat(REDIS.command("PTTL", last)).isNotIn(":-1", ":-2");
        REDIS.command("DEL", last);
        assertThat(REDIS.command("DBSIZE")).isEqualTo(":0");
    }

    @Test
    void anotherPodGoesOnWithAPurgeThatWasCutShort() {
        write(IntStream.range(0, 1001).mapToObj(i -> park(fresh(i, "a"))).toArray(Outcome[]::new));
        List<String> keys = scripts().keys(LANE);
        LOOP.get(() -> link.call(
                LaneScripts.load("delivery-purge").on(keys).with(scripts().arguments(LANE, 1000, 20))));
        until(() -> parking.wake(0, 10), woken -> woken.lanes().equals(List.of(LANE)));
        assertThat(LOOP.get(() -> parking.purge(LANE))).isEqualTo(1);
        assertThat(REDIS.command("DBSIZE")).isEqualTo(":0");
    }

    @Test
    void forgetsRestsWhenTheLastHasEnded() {
        write(new Outcome.Park(fresh(1), 0, Duration.ZERO, SHORT.multipliedBy(2)));
        write(new Outcome.Park(fresh(2), 0, Duration.ZERO, SHORT));
        write(finish(claimLater()), finish(claimLater()));
        until(() -> link.send(Request.cmd(Command.DBSIZE)), keys -> keys.toInteger() == 0);
    }

    private static LaneScripts scripts() {
        return new LaneScripts(new Homes(1, 1), DeliveryConfigs.config(LONG, LONG));
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
    void claimsByTheTimeThatStandsInTheIdsOfTheJournal() {
        Event young = acceptedAgo(Duration.ofSeconds(1));
        Event old = acceptedAgo(Duration.ofSeconds(50));
        Event middle = acceptedAgo(Duration.ofSeconds(20));
        write(park(fresh(young)), park(fresh(old)));
        write(park(fresh(middle)));
        assertThat(claimAll())
                .extracting(claimed -> claimed.event().id())
                .containsExactly(old.id(), middle.id(), young.id());
    }

    @Test
    void failsWhileRedisIsAway() {
        REDIS.kill();
        assertThatThrownBy(() -> LOOP.get(() -> parking.write(LANE, List.of(park(fresh(1))), Duration.ZERO)))
                .isInstanceOf(RedisUnavailable.class);
    }
}
