package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.KeySweep;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What is left when all is delivered: nothing under way in any pod, no memory held, and no key in Redis that nobody owns. */
final class Quiet {
    private static final Pattern UNDER_WAY = Pattern.compile(
            "^(sluice_(?:deliveries_held|attempts_in_flight|deliveries_waiting|journal_pending_events|memory_held_bytes)"
                    + "(?:\\{[^}]*})?) (\\S+)$",
            Pattern.MULTILINE);

    private Quiet() {}

    /** @param eval runs a script on the Redis of the pods, and answers its reply as it is on the wire */
    static void awaitAll(Scenario scenario, UnaryOperator<String> eval) {
        for (GatewayProcess pod : scenario.pods) {
            await().atMost(Scenario.CATCHING_UP)
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(underWay(scenario.text(pod.managementUrl() + "/metrics")))
                            .isEmpty());
        }
        assertThat(KeySweep.unowned("", KeySweep.keys(eval))).isEmpty();
    }

    private static Map<String, Double> underWay(String page) {
        Map<String, Double> some = new TreeMap<>();
        for (MatchResult each : UNDER_WAY.matcher(page).results().toList()) {
            double value = Double.parseDouble(each.group(2));
            if (value != 0) {
                some.put(each.group(1), value);
            }
        }
        return some;
    }
}
