package dev.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.ParkingConfig;
import dev.sluice.subscription.Homes;
import dev.sluice.testing.InMemoryParking;
import dev.sluice.testing.ManualTicker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

class InMemoryParkingTest implements ParkingContract, ChainContract, CoalesceContract, BacklogContract, RestContract {
    private final ManualTicker clock = new ManualTicker();
    private final InMemoryParking parking = new InMemoryParking(clock, new Homes(1, 1), LONG);

    @Override
    public Parking parking() {
        return parking;
    }

    @Override
    public Parking with(ParkingConfig config) {
        return parking.with(config);
    }

    @Override
    public void makeOld(String deliveryId) {
        parking.makeOld(LANE, deliveryId);
    }

    @Override
    public <T> T get(Supplier<Future<T>> call) {
        Future<T> done = call.get();
        assertThat(done.succeeded()).isTrue();
        return done.result();
    }

    @Override
    public <T> T until(Supplier<Future<T>> call, Predicate<T> wanted) {
        T outcome = get(call);
        for (int tries = 0; !wanted.test(outcome) && tries < 1000; tries++) {
            clock.advance(Duration.ofMillis(5));
            outcome = get(call);
        }
        assertThat(outcome).matches(wanted);
        return outcome;
    }
}
