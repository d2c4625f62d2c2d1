package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.KeepAliveClient;
import dev.sluice.testing.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pods that are told to end while clients post. */
@Timeout(180)
class RestartTest {
    private static final int SIGTERM = 128 + 15;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Gateways gateways = new Gateways();

    private static int port(String url) {
        return URI.create(url).getPort();
    }

    private static List<KeepAliveClient> clients(List<Integer> ports) {
        return Stream.generate(() -> new KeepAliveClient(ports)).limit(20).toList();
    }

    private static void assertThatNobodyWasCutOff(List<KeepAliveClient> clients) {
        clients.forEach(KeepAliveClient::close);
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.cutOff()).isEmpty();
            assertThat(client.statuses()).containsOnly(202);
        });
    }

    @Test
    void noRequestIsWithoutAnAnswerWhenAPodEndsUnderLoad() {
        GatewayProcess pod = gateways.launch(Gateways.settings(REDIS.uri())).awaitReady();
        List<KeepAliveClient> clients = clients(List.of(port(pod.url())));
        clients.forEach(client -> client.awaitAnswers(20));

        pod.terminate();
        assertThat(pod.exitWithin(PATIENCE)).isEqualTo(SIGTERM);
        assertThatNobodyWasCutOff(clients);
        assertThat(pod.log())
                .contains("{\"step\":\"requests\"}", "{\"step\":\"deliveries\"}", "{\"step\":\"storage\"}")
                .doesNotContain("given up", "cut off");
    }

    @Test
    void noRequestIsWithoutAnAnswerWhilePodsAreReplacedOneAfterTheOther() {
        Map<String, String> settings = Gateways.settings(REDIS.uri());
        GatewayProcess first = gateways.launch(settings);
        GatewayProcess second = gateways.launch(settings);
        GatewayProcess next = gateways.launch(settings);
        Stream.of(first, second, next).forEach(GatewayProcess::awaitReady);
        List<Integer> service = new CopyOnWriteArrayList<>(List.of(port(first.url()), port(second.url())));
        List<KeepAliveClient> clients = clients(service);
        clients.forEach(client -> client.awaitAnswers(20));

        first.terminate();
        first.exitWithin(PATIENCE);
        service.set(0, port(next.url()));
        second.terminate();
        second.exitWithin(PATIENCE);
        clients.forEach(client -> client.awaitAnswers(client.answers() + 20));

        assertThatNobodyWasCutOff(clients);
    }
}
