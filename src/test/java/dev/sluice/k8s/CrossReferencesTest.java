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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the objects of an overlay say of each other, of the settings, and of Sluice, is so. */
@Timeout(60)
class CrossReferencesTest {
    private static final Pattern HOST_AND_PORT = Pattern.compile("([\\w.-]+):(\\d+)");
    /** For the process to end, behind its drain. */
    private static final Duration END = Duration.ofSeconds(5);

    static Stream<Manifest> overlays() {
        return Stream.of("dev", "production", "tiers").map(Manifest::of);
    }

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

    private static List<JsonObject> probes(JsonObject container) {
        return Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                .filter(container::containsKey)
                .map(container::getJsonObject)
                .toList();
    }

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

    @ParameterizedTest
    @MethodSource("overlays")
    void podsMayReachTheirRedisAndNothingElseInside(Manifest manifest) {
        List<JsonObject> rules = manifest.all("NetworkPolicy")
                .flatMap(policy -> list(policy, "/spec/egress").stream())
                .toList();
        manifest.gateways().forEach(deployment -> {
            List<Integer> ports = redisPorts(PodSettings.of(manifest, deployment));
            assertThat(ports).isNotEmpty();
            if (!rules.isEmpty()) {
                assertThat(rules.stream()
                                .flatMap(rule -> list(rule, "/ports").stream())
                                .map(port -> port.getInteger("port")))
                        .containsAll(ports);
            }
        });
        List<JsonObject> blocks = rules.stream()
                .flatMap(rule -> list(rule, "/to").stream())
                .filter(to -> to.containsKey("ipBlock"))
                .map(to -> to.getJsonObject("ipBlock"))
                .toList();
        for (String inside : List.of(
                "10.1.2.3",
                "172.20.0.1",
                "192.168.7.7",
                "169.254.169.254",
                "127.0.0.1",
                "100.64.0.1",
                "fd00::1",
                "fe80::1",
                "::1")) {
            assertThat(blocks).as(inside).noneMatch(block -> Blocks.lets(block, inside));
        }
        if (!blocks.isEmpty()) {
            assertThat(blocks).anyMatch(block -> Blocks.lets(block, "93.184.216.34"));
            assertThat(blocks).anyMatch(block -> Blocks.lets(block, "2606:2800:220:1::1"));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void podsMayAskForNamesWhereverTheDnsOfAClusterIs(Manifest manifest) {
        List<JsonObject> rules = manifest.all("NetworkPolicy")
                .filter(policy -> at(policy, "/spec/egress") != null)
                .flatMap(policy -> list(policy, "/spec/egress").stream())
                .toList();
        if (rules.isEmpty()) {
            return;
        }
        assertThat(asked(rules, 53))
                .contains(namespace("kube-system"), new JsonObject().put("cidr", "169.254.20.10/32"));
        assertThat(asked(rules, 5353)).contains(namespace("openshift-dns"));
    }

    /** To whom pods may talk at this port by UDP and by TCP. */
    private static List<JsonObject> asked(List<JsonObject> rules, int port) {
        return rules.stream()
                .filter(rule -> list(rule, "/ports").stream()
                        .filter(one -> one.getInteger("port") == port)
                        .map(one -> one.getString("protocol"))
                        .toList()
                        .containsAll(List.of("UDP", "TCP")))
                .flatMap(rule -> list(rule, "/to").stream())
                .map(to -> to.containsKey("ipBlock")
                        ? to.getJsonObject("ipBlock")
                        : (JsonObject) at(to, "/namespaceSelector/matchLabels"))
                .toList();
    }

    private static JsonObject namespace(String name) {
        return new JsonObject().put("kubernetes.io/metadata.name", name);
    }

    private static List<Integer> redisPorts(SluiceConfig config) {
        return HOST_AND_PORT
                .matcher(URI.create(config.redis().uri()).getSchemeSpecificPart())
                .results()
                .map(found -> Integer.valueOf(found.group(2)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void aRedisOfTheOverlayIsFoundByItsName(Manifest manifest) {
        manifest.gateways()
                .forEach(deployment -> HOST_AND_PORT
                        .matcher(PodSettings.of(manifest, deployment).redis().uri())
                        .results()
                        .filter(found -> !found.group(1).contains("."))
                        .forEach(found -> assertThat(manifest.all("Service")).anySatisfy(service -> {
                            assertThat(name(service)).isEqualTo(found.group(1));
                            assertThat(list(service, "/spec/ports"))
                                    .extracting(port -> port.getInteger("port"))
                                    .contains(Integer.valueOf(found.group(2)));
                        })));
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
