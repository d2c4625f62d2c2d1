package dev.sluice.telemetry;

import dev.sluice.statistics.TopListener;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Meters that name a webhook: of the few that are in the top, and only where that was asked for. Any thread. */
final class WebhookMeters implements TopListener {
    private final MeterRegistry registry;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();

    /** @param counts held here, since a meter does not keep what it reads */
    private record Shown(List<Meter> meters, Map<String, LongSupplier> counts) {}

    WebhookMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void entered(String webhookId, Map<String, LongSupplier> counts) {
        List<Meter> meters = counts.entrySet().stream()
                .map(count -> meter(webhookId, count.getKey(), count.getValue()))
                .toList();
        shown.put(webhookId, new Shown(meters, counts));
    }

    private Meter meter(String webhookId, String outcome, LongSupplier count) {
        return FunctionCounter.builder("sluice.webhook.attempts", count, LongSupplier::getAsLong)
                .description("Attempts of this pod for each of the webhooks with most of them, since it is among those")
                .tag("webhook", webhookId)
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void left(String webhookId) {
        Shown gone = shown.remove(webhookId);
        if (gone != null) {
            gone.meters().forEach(registry::remove);
        }
    }
}
