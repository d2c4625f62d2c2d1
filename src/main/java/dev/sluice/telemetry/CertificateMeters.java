package dev.sluice.telemetry;

import dev.sluice.http.tls.Identity;
import dev.sluice.http.tls.Renewal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** When the certificate of a listener ends, and what became of the files that should replace it. */
final class CertificateMeters implements Renewal.RenewalListener {
    private final Counter renewed;
    private final Counter refused;
    private volatile double end = Double.NaN;

    CertificateMeters(MeterRegistry registry, String listener) {
        Gauge.builder("sluice.listener.certificate.end.timestamp", () -> end)
                .description("When the certificate of the listener ends, in Unix time")
                .baseUnit("seconds")
                .tag("listener", listener)
                .register(registry);
        this.renewed = renewals(registry, listener, "renewed");
        this.refused = renewals(registry, listener, "refused");
    }

    private static Counter renewals(MeterRegistry registry, String listener, String outcome) {
        return Counter.builder("sluice.listener.certificate.renewals")
                .description(
                        "Changes of the files for TLS; refused: they cannot be used, and the former certificate goes on")
                .tag("listener", listener)
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void shown(Identity identity) {
        end = identity.end().getEpochSecond();
    }

    @Override
    public void renewed() {
        renewed.increment();
    }

    @Override
    public void refused() {
        refused.increment();
    }
}
