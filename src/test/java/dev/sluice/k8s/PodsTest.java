package dev.sluice.k8s;

import static dev.sluice.k8s.Manifest.at;
import static dev.sluice.k8s.Manifest.container;
import static dev.sluice.k8s.Manifest.labels;
import static dev.sluice.k8s.Manifest.list;
import static dev.sluice.k8s.Manifest.name;
import static dev.sluice.k8s.Manifest.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.RuntimeConfig.PodRole;
import dev.sluice.config.SluiceConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the overlays give to the pods is what Sluice asks for. */
@Timeout(60)
class PodsTest extends OverlayHarness {
    /** For the process to end, behind its drain. */
    private static final Duration END = Duration.ofSeconds(5);

    @ParameterizedTest
    @MethodSource("overlays")
    void everySettingIsOneOfSluiceAndThePortsAreThoseOfThePods(Manifest manifest) {
        assertThat(manifest.gateways()).allSatisfy(deployment -> {
            SluiceConfig config = PodSettings.of(manifest, deployment);
            assertThat(list(container(deployment), "/ports"))
                    .extracting(port -> port.getInteger("containerPort"))
                    .containsExactlyInAnyOrder(
                            config.http().port(), config.management().port());
            assertThat(config.management().host())
                    .as("where kubelet and scraper ask")
                    .isEqualTo("0.0.0.0");
            assertThat(config.redis().uri()).as("the root is read-only").isNotNull();
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyRoleHasPodsAndWhatIsCalledHasTheRoleForIt(Manifest manifest) {
        Set<PodRole> roles = new TreeSet<>();
        manifest.gateways()
                .forEach(pods ->
                        roles.addAll(PodSettings.of(manifest, pods).runtime().roles()));
        assertThat(roles).containsExactly(PodRole.values());
        assertThat(rolesBehind(manifest, "sluice")).contains(PodRole.INGEST);
        assertThat(manifest.all("Service").filter(service -> name(service).startsWith("sluice-api")))
                .allSatisfy(service ->
                        assertThat(rolesBehind(manifest, name(service))).contains(PodRole.API));
    }

    private static List<PodRole> rolesBehind(Manifest manifest, String service) {
        JsonObject selector = (JsonObject) manifest.all("Service")
                .filter(object -> name(object).equals(service))
                .map(object -> at(object, "/spec/selector"))
                .findFirst()
                .orElseThrow();
        return manifest.gateways()
                .filter(deployment -> Manifest.matches(selector, labels(deployment)))
                .flatMap(deployment -> PodSettings.of(manifest, deployment).runtime().roles().stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyProbeAsksForWhatTheManagementPortServes(Manifest manifest) {
        try (ManagementPort port = new ManagementPort()) {
            assertThat(manifest.gateways()).allSatisfy(deployment -> {
                JsonObject container = container(deployment);
                assertThat(probes(container))
                        .hasSize(3)
                        .allSatisfy(probe -> assertThat(port.status((String) at(probe, "/httpGet/path")))
                                .isEqualTo(200));
                assertThat(at(container, "/livenessProbe/httpGet/path")).isEqualTo("/health/live");
                assertThat(at(container, "/readinessProbe/httpGet/path")).isEqualTo("/health/ready");
            });
            assertThat(manifest.all("PodMonitor")
                            .flatMap(monitor -> list(monitor, "/spec/podMetricsEndpoints").stream()))
                    .allSatisfy(end ->
                            assertThat(port.status(end.getString("path"))).isEqualTo(200));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void aPodThatIsToldToEndHasTheTimeForIt(Manifest manifest) {
        assertThat(manifest.gateways()).allSatisfy(deployment -> {
            Duration drain = PodSettings.of(manifest, deployment).runtime().drainTimeout();
            int sleep = (int) at(container(deployment), "/lifecycle/preStop/sleep/seconds");
            assertThat(Duration.ofSeconds(pod(deployment).getInteger("terminationGracePeriodSeconds")))
                    .isGreaterThanOrEqualTo(drain.plusSeconds(sleep).plus(END));
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPodHasAsFewRightsAsItNeeds(Manifest manifest) {
        assertThat(manifest.all("Deployment")).allSatisfy(deployment -> {
            JsonObject pod = pod(deployment);
            assertThat(pod.getBoolean("automountServiceAccountToken")).isFalse();
            assertThat(at(pod, "/securityContext/runAsNonRoot")).isEqualTo(true);
            assertThat(at(pod, "/securityContext/seccompProfile/type")).isEqualTo("RuntimeDefault");
            JsonObject own = container(deployment).getJsonObject("securityContext");
            assertThat(own.getBoolean("readOnlyRootFilesystem")).isTrue();
            assertThat(own.getBoolean("allowPrivilegeEscalation")).isFalse();
            assertThat(at(own, "/capabilities/drop")).isEqualTo(JsonArray.of("ALL"));
            assertThat(at(container(deployment), "/resources/requests/cpu")).isNotNull();
            assertThat(at(container(deployment), "/resources/limits/memory"))
                    .isEqualTo(at(container(deployment), "/resources/requests/memory"))
                    .isNotNull();
        });
    }
}
