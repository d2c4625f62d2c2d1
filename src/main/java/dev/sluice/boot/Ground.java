package dev.sluice.boot;

import dev.sluice.boot.tls.Certificates;
import dev.sluice.bus.Bus;
import dev.sluice.config.ListenerTlsConfig;
import dev.sluice.config.SluiceConfig;
import dev.sluice.fault.Faults;
import dev.sluice.subscription.Homes;
import dev.sluice.telemetry.Telemetry;
import io.vertx.core.Vertx;

/** What every part of a pod stands on. */
record Ground(
        Vertx vertx,
        SluiceConfig config,
        Homes homes,
        Channels channels,
        Links links,
        Quotas quotas,
        Faults faults,
        Telemetry telemetry) {

    static Ground of(Vertx vertx, SluiceConfig config, Storage storage, Telemetry telemetry, int loops) {
        Faults faults = new Faults(telemetry.faults());
        Quotas quotas = Quotas.of(config, loops);
        telemetry.memory(quotas.scarcity);
        return new Ground(
                vertx,
                config,
                new Homes(config.delivery().parking().shards(), loops),
                new Channels(new Bus(vertx), loops),
                new Links(vertx, storage.target(), faults),
                quotas,
                faults,
                telemetry);
    }

    /**
     * Blocks.
     *
     * @param listener as its settings are called
     * @throws IllegalArgumentException if its files cannot be used
     */
    Certificates certificates(String listener, ListenerTlsConfig tls) {
        return Certificates.of(vertx, listener + ".tls", tls, telemetry.certificate(listener));
    }

    int loops() {
        return homes.loops();
    }
}
