package dev.sluice.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** One event, one delivery: saturated, for what it costs, then at half of that rate, for how long it takes. */
final class OneWebhook implements Scenario {
    static final String SATURATED = "Sluice, 1 event to 1 webhook";
    static final String HALF = "Sluice, the same at half load";

    private final Trial trial;
    private final Options options;

    OneWebhook(Gateway gateway, Receiver receiver, Trial trial, Options options) {
        this.trial = trial;
        this.options = options;
        gateway.createWebhook(new JsonObject()
                .put("name", "bench")
                .put("url", receiver.url())
                .put("body", "payload")
                .put("maxInFlight", Options.CONNECTIONS));
    }

    @Override
    public String name() {
        return SATURATED;
    }

    @Override
    public void warmUp() {
        trial.run(SATURATED, options.gatewayWarmUp(), 0);
    }

    @Override
    public List<Sample> measure() {
        Sample saturated = trial.run(SATURATED, options.gatewayTime(), 0);
        return List.of(saturated, trial.run(HALF, options.gatewayTime(), saturated.perSecond() / 2));
    }
}
