package dev.sluice.k8s;

import static dev.sluice.k8s.Manifest.at;
import static dev.sluice.k8s.Manifest.container;
import static dev.sluice.k8s.Manifest.labels;
import static dev.sluice.k8s.Manifest.list;
import static dev.sluice.k8s.Manifest.name;
import static dev.sluice.k8s.Manifest.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the objects of an overlay say of each other is so. */
@Timeout(60)
class CrossReferencesTest extends OverlayHarness {
    @ParameterizedTest
    @MethodSource("overlays")
    void everySelectorFindsPods(Manifest manifest) {
        List<JsonObject> templates =
                manifest.all("Deployment").map(Manifest::labels).toList();
        Stream<Object> selectors = Stream.of(
                        manifest.all("Service").map(service -> at(service, "/spec/selector")),
                        manifest.all("PodDisruptionBudget").map(budget -> at(budget, "/spec/selector/matchLabels")),
                        manifest.all("NetworkPolicy").map(policy -> at(policy, "/spec/podSelector/matchLabels")),
                        manifest.all("PodMonitor").map(monitor -> at(monitor, "/spec/selector/matchLabels")))
                .flatMap(found -> found);
        assertThat(selectors)
                .isNotEmpty()
                .allSatisfy(selector ->
                        assertThat(templates).anyMatch(template -> Manifest.matches((JsonObject) selector, template)));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyDeploymentFindsItsOwnPodsAndNoOthers(Manifest manifest) {
        List<JsonObject> deployments = manifest.all("Deployment").toList();
        assertThat(deployments).allSatisfy(deployment -> {
            JsonObject selector = (JsonObject) at(deployment, "/spec/selector/matchLabels");
            assertThat(deployments)
                    .filteredOn(other -> Manifest.matches(selector, labels(other)))
                    .containsExactly(deployment);
            assertThat(list(deployment, "/spec/template/spec/topologySpreadConstraints"))
                    .allSatisfy(spread ->
                            assertThat(at(spread, "/labelSelector/matchLabels")).isEqualTo(selector));
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyAutoscalerAndBudgetIsForADeploymentThatIsThereAndNoneIsScaledTwice(Manifest manifest) {
        List<String> scaled = Stream.of("HorizontalPodAutoscaler", "ScaledObject")
                .flatMap(manifest::all)
                .map(scaler -> (String) at(scaler, "/spec/scaleTargetRef/name"))
                .toList();
        assertThat(scaled)
                .doesNotHaveDuplicates()
                .isSubsetOf(manifest.gateways().map(Manifest::name).toList());
        assertThat(manifest.gateways())
                .allSatisfy(deployment -> assertThat(
                                deployment.getJsonObject("spec").containsKey("replicas"))
                        .as("%s: replicas or an autoscaler", name(deployment))
                        .isNotEqualTo(scaled.contains(name(deployment))));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPortThatIsNamedIsOneOfItsPods(Manifest manifest) {
        assertThat(manifest.all("Service")).allSatisfy(service -> {
            JsonObject selector = (JsonObject) at(service, "/spec/selector");
            assertThat(list(service, "/spec/ports"))
                    .extracting(port -> port.getString("targetPort"))
                    .isSubsetOf(portsOf(manifest, selector));
        });
        assertThat(manifest.all("NetworkPolicy"))
                .allSatisfy(policy -> assertThat(list(policy, "/spec/ingress"))
                        .flatExtracting(rule -> list(rule, "/ports"))
                        .extracting(port -> port.getString("port"))
                        .isSubsetOf(portsOf(manifest, (JsonObject) at(policy, "/spec/podSelector/matchLabels"))));
        assertThat(manifest.all("PodMonitor"))
                .allSatisfy(monitor -> assertThat(list(monitor, "/spec/podMetricsEndpoints"))
                        .extracting(end -> end.getString("port"))
                        .isSubsetOf(portsOf(manifest, (JsonObject) at(monitor, "/spec/selector/matchLabels"))));
        assertThat(manifest.all("Deployment"))
                .allSatisfy(deployment -> assertThat(probes(container(deployment)))
                        .filteredOn(probe -> probe.containsKey("httpGet"))
                        .extracting(probe -> (String) at(probe, "/httpGet/port"))
                        .isSubsetOf(ports(container(deployment))));
    }

    private static Set<String> portsOf(Manifest manifest, JsonObject selector) {
        return manifest.all("Deployment")
                .filter(deployment -> Manifest.matches(selector, labels(deployment)))
                .flatMap(deployment -> ports(container(deployment)).stream())
                .collect(Collectors.toSet());
    }

    private static List<String> ports(JsonObject container) {
        return list(container, "/ports").stream()
                .map(port -> port.getString("name"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whatIsMountedIsThere(Manifest manifest) {
        assertThat(manifest.gateways()).allSatisfy(deployment -> {
            JsonObject container = container(deployment);
            List<String> volumes = list(pod(deployment), "/volumes").stream()
                    .map(volume -> volume.getString("name"))
                    .toList();
            assertThat(list(container, "/volumeMounts"))
                    .extracting(mount -> mount.getString("name"))
                    .containsExactlyInAnyOrderElementsOf(volumes);
            assertThat(list(container, "/volumeMounts"))
                    .extracting(mount -> mount.getString("mountPath"))
                    .contains("/tmp");
            String password = PodSettings.of(manifest, deployment).redis().passwordFile();
            if (password != null) {
                assertThat(list(pod(deployment), "/volumes")).anySatisfy(volume -> {
                    assertThat(list(volume, "/secret/items"))
                            .extracting(item -> item.getString("path"))
                            .containsExactly(Path.of(password).getFileName().toString());
                    assertThat(list(container, "/volumeMounts"))
                            .anyMatch(mount -> mount.getString("name").equals(volume.getString("name"))
                                    && mount.getString("mountPath")
                                            .equals(Path.of(password)
                                                    .getParent()
                                                    .toString()));
                });
            }
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyKeyOfTheSecretIsMadeByTheOverlayOrByTheCommandInThePage(Manifest manifest) throws Exception {
        Set<String> wanted = manifest.gateways()
                .flatMap(deployment -> Stream.concat(
                        list(container(deployment), "/env").stream()
                                .map(variable -> (JsonObject) at(variable, "/valueFrom/secretKeyRef"))
                                .filter(reference -> reference != null && !reference.getBoolean("optional", false))
                                .map(reference -> reference.getString("key")),
                        list(pod(deployment), "/volumes").stream()
                                .filter(volume -> at(volume, "/secret") != null
                                        && PodSettings.of(manifest, deployment)
                                                        .redis()
                                                        .passwordFile()
                                                != null)
                                .flatMap(volume -> list(volume, "/secret/items").stream())
                                .map(item -> item.getString("key"))))
                .collect(Collectors.toSet());
        Set<String> made = manifest.all("Secret")
                .flatMap(secret -> secret.getJsonObject("data").fieldNames().stream())
                .collect(Collectors.toSet());
        if (made.isEmpty()) {
            String page = Files.readString(Path.of("src", "docs", "operations.md"));
            made = Pattern.compile("--from-literal=(\\w+)=")
                    .matcher(page)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
        }
        assertThat(made).isEqualTo(wanted);
    }
}
