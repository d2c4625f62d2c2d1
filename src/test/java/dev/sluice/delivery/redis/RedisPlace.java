package dev.sluice.delivery.redis;

import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.ParkingSite;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.subscription.Homes;
import dev.sluice.testing.Loop;
import dev.sluice.testing.NumberedEvents;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Parked deliveries in an empty Redis, in one shard. */
abstract class RedisPlace implements ParkingSite {
    static final Homes HOMES = new Homes(1, 1);

    RedisLink link;
    RedisParking parking;

    /** As the journal makes ids: in base 32 the milliseconds, then where the event is. */
    static Event acceptedAgo(Duration age) {
        StringBuilder digits = new StringBuilder();
        long ms = System.currentTimeMillis() - age.toMillis();
        for (int i = 9; i >= 0; i--) {
            digits.append("0123456789abcdefghjkmnpqrstvwxyz".charAt((int) (ms >> (5 * i)) & 31));
        }
        Event any = NumberedEvents.event(1);
        return new Event(new EventId("evt_" + digits + "0000000000000"), any.attributes(), any.data(), null);
    }

    @BeforeEach
    void open() {
        link = loop().get(() ->
                Future.succeededFuture(RedisLink.open(loop().vertx(), Loop.target(redis().uri()), "parking")));
        loop().until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        parking = with(DeliveryConfigs.parking(LONG));
        loop().until(() -> parking.write(LANE, List.of(), Duration.ZERO).map(true), written -> written);
    }

    @AfterEach
    void close() {
        loop().get(() -> link.close());
    }

    @Override
    public RedisParking parking() {
        return parking;
    }

    @Override
    public RedisParking with(ParkingConfig config) {
        return new RedisParking(link, HOMES, DeliveryConfigs.config(config, Duration.ofDays(30)));
    }

    /** As if it had been parked for longer than any limit. */
    public void makeOld(String deliveryId) {
        redis().command("HSET", Keys.delivery("q0") + deliveryId, "$since", "1");
    }

    @Override
    public <T> T get(Supplier<Future<T>> call) {
        return loop().get(call);
    }

    @Override
    public <T> T until(Supplier<Future<T>> call, Predicate<T> wanted) {
        return loop().until(call, wanted);
    }

    abstract RedisServer redis();

    abstract Loop loop();
}
