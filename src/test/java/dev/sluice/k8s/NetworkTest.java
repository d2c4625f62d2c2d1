package dev.sluice.k8s;

import static dev.sluice.k8s.Manifest.at;
import static dev.sluice.k8s.Manifest.list;
import static dev.sluice.k8s.Manifest.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.SluiceConfig;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where pods find what they call, and what they may call. */
@Timeout(60)
class NetworkTest extends OverlayHarness {
    private static final Pattern HOST_AND_PORT = Pattern.compile("([\\w.-]+):(\\d+)");

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

    private static List<Integer> redisPorts(SluiceConfig config) {
        return HOST_AND_PORT
                .matcher(URI.create(config.redis().uri()).getSchemeSpecificPart())
                .results()
                .map(found -> Integer.valueOf(found.group(2)))
                .toList();
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
}
