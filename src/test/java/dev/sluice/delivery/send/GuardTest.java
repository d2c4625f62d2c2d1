package dev.sluice.delivery.send;

import static dev.sluice.delivery.send.SendingHarness.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.testing.ScriptedEndpoint;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final Map<String, List<InetAddress>> hosts = new HashMap<>();
    private final SendingHarness harness = new SendingHarness(List.of("127.0.0.1"), hosts, Manner.NONE, options -> {});

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
    }

    @Test
    void dialsTheCheckedAddressAndKeepsTheHost() {
        hosts.put("hooks.example", List.of(address("hooks.example", "127.0.0.1")));
        assertThat(harness.answered(Webhooks.at("http://hooks.example:" + endpoint.port() + "/a?b=c"))
                        .code())
                .isEqualTo(200);
        assertThat(endpoint.request().line()).isEqualTo("POST /a?b=c HTTP/1.1");
        assertThat(endpoint.request().header("host")).isEqualTo("hooks.example:" + endpoint.port());
    }

    @Test
    void looksUpOncePerAttemptAndNeverAgain() {
        // Were the name looked up by anybody else, nothing would be found: it exists in this map only.
        hosts.put("hooks.example", List.of(address("hooks.example", "127.0.0.1")));
        harness.answered(Webhooks.at("http://hooks.example:" + endpoint.port()));
        assertThat(harness.lookUps()).containsExactly("hooks.example");
    }

    @Test
    void checksAgainWhenTheNameMeansAnotherAddress() {
        hosts.put("rebind.example", List.of(address("rebind.example", "127.0.0.1")));
        String url = "http://rebind.example:" + endpoint.port();
        harness.answered(Webhooks.at(url));
        hosts.put("rebind.example", List.of(address("rebind.example", "127.0.0.2")));
        assertThat(harness.failed(Webhooks.at(url)).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void refusesTheAttemptIfOneOfTheAddressesIsForbidden() {
        List<InetAddress> mixed = new ArrayList<>();
        mixed.add(address("mixed.example", "127.0.0.1"));
        mixed.add(address("mixed.example", "10.0.0.7"));
        hosts.put("mixed.example", mixed);
        Answer.Failure failure = harness.failed(Webhooks.at("http://mixed.example:" + endpoint.port()));
        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure.detail())
                .isEqualTo("mixed.example is the address 10.0.0.7, which is not public and not in"
                        + " delivery.allowNetworks");
        assertThat(endpoint.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2/",
                "http://10.1.2.3/",
                "http://169.254.169.254/latest/meta-data/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.2]/",
                "http://[fd00:ec2::254]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://0.0.0.0/",
                "https://192.168.0.1:8443/",
                "http://user@10.0.0.1/"
            })
    void refusesForbiddenLiterals(String url) {
        assertThat(harness.failed(Webhooks.at(url)).kind()).isIn(Kind.FORBIDDEN, Kind.INTERNAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706434/",
                "http://0x7f000002/",
                "http://0177.0.0.2/",
                "http://127.2/",
                "http://127.0.0.2./"
            })
    void takesNoOddSpellingForAnAddress(String url) {
        assertThat(harness.failed(Webhooks.at(url)).kind()).isEqualTo(Kind.DNS);
    }

    @Test
    void failsWhereANameHasNoAddress() {
        hosts.put("empty.example", List.of());
        Answer.Failure failure = harness.failed(Webhooks.at("http://empty.example/"));
        assertThat(failure.kind()).isEqualTo(Kind.DNS);
        assertThat(failure.detail()).isEqualTo("empty.example has no address");
    }

    @Test
    void keepsConnectionsOfTwoAddressesApart() {
        try (SendingHarness wide = new SendingHarness(List.of("127.0.0.0/8"), hosts, Manner.NONE, options -> {})) {
            String url = "http://moving.example:" + endpoint.port();
            hosts.put("moving.example", List.of(address("moving.example", "127.0.0.1")));
            assertThat(wide.answered(Webhooks.at(url)).code()).isEqualTo(200);
            hosts.put("moving.example", List.of(address("moving.example", "127.0.0.3")));
            assertThat(wide.failed(Webhooks.at(url)).kind()).isEqualTo(Kind.CONNECT);
        }
    }

    @Test
    void refusesToDeliverToThePodItself() {
        harness.own().add(endpoint.port());
        hosts.put("self.example", List.of(address("self.example", "127.0.0.1")));
        for (String host : List.of("127.0.0.1", "self.example")) {
            Answer.Failure failure =
                    harness.failed(Webhooks.at("http://%s:%d/v1/events".formatted(host, endpoint.port())));

            assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
            assertThat(failure.detail())
                    .isEqualTo("%s is 127.0.0.1, port %d, where this gateway listens itself"
                            .formatted(host, endpoint.port()));
        }
        assertThat(endpoint.connections()).isZero();
    }

    @Test
    void learnsOfItsOwnPortsThoughItDeliveredThereBefore() {
        harness.answered(Webhooks.at(endpoint.url()));
        harness.own().add(endpoint.port());
        assertThat(harness.failed(Webhooks.at(endpoint.url())).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void deliversToOtherPortsAndMachines() {
        harness.own().add(endpoint.port() + 1);
        harness.own().add(0);
        assertThat(harness.answered(Webhooks.at(endpoint.url())).code()).isEqualTo(200);
    }

    @Test
    void dialsWhatItCheckedWhateverTheNameMeansByThen() {
        // The first answer is public as far as the rules are asked, each later one is private and has a listener.
        List<List<InetAddress>> script = new ArrayList<>();
        script.add(List.of(address("rebind.example", "127.0.0.1")));
        script.add(List.of(address("rebind.example", "127.0.0.2")));
        Map<String, List<InetAddress>> changing = new HashMap<>() {
            @Override
            public List<InetAddress> get(Object host) {
                return script.size() > 1 ? script.remove(0) : script.get(0);
            }
        };
        try (SendingHarness rebound = new SendingHarness(List.of("127.0.0.1"), changing, Manner.NONE, options -> {})) {
            String url = "http://rebind.example:" + endpoint.port();

            assertThat(rebound.answered(Webhooks.at(url)).code()).isEqualTo(200);
            assertThat(rebound.lookUps()).hasSize(1);
            assertThat(rebound.failed(Webhooks.at(url)).detail())
                    .startsWith("rebind.example is the address 127.0.0.2,");
        }
        assertThat(endpoint.requests()).hasSize(1);
    }
}
