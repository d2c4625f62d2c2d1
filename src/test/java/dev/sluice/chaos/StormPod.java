package dev.sluice.chaos;

import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.Relay;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pod, and whoever comes after it in its place, with a line of its own to Redis. */
final class StormPod {
    private final Gateways gateways;
    private final List<String> command;
    private final Map<String, String> settings;
    final Relay line;
    private final Scenario scenario;
    private final int place;

    /** @param environment of this pod alone */
    StormPod(Gateways gateways, Scenario scenario, List<String> command, Map<String, String> environment, Relay line) {
        this.gateways = gateways;
        this.scenario = scenario;
        this.command = command;
        this.settings = new HashMap<>(scenario.settings);
        this.settings.putAll(environment);
        this.line = line;
        this.place = scenario.pods.size();
        scenario.pods.add(gateways.launch(command, settings));
    }

    GatewayProcess process() {
        return scenario.pods.get(place);
    }

    /** In the place of one that ended. */
    void begin() {
        scenario.pods.set(place, gateways.launch(command, settings));
    }

    /** One that ended by itself, as it does where Redis does not answer, is begun again, as by Kubernetes. */
    boolean isThere() {
        if (!process().isAlive()) {
            begin();
        }
        return process().reachable().isPresent();
    }

    void kill() {
        process().kill();
        scenario.killed();
    }
}
