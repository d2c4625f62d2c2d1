package dev.sluice.delivery.send.museum;

import static dev.sluice.testing.Certificates.pem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.SendingHarness;
import dev.sluice.delivery.send.Webhooks;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.LeftOut;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers of others, where they are installed: each closes what was idle for a second, and gets events a second apart, a little
 * less or more; or replaces its workers. No attempt fails.
 */
class RealServersTest {
    /** With {@code -Dsluice.museum.long=true} more hosts and more pauses. */
    private static final boolean LONG = Boolean.getBoolean("sluice.museum.long");

    /** Each is learned by itself. */
    private static final int HOSTS = LONG ? 100 : 40;

    /** In milliseconds. */
    private static final List<Integer> PAUSES =
            LONG ? List.of(970, 990, 998, 1000, 1002, 1010, 1030, 995, 1005, 1001, 999) : List.of(990, 1000, 1010);

    @TempDir
    Path folder;

    private final Map<String, List<InetAddress>> names = new HashMap<>();
    private final SendingHarness harness = new SendingHarness(SendingHarness.config(List.of("127.0.0.1")), names);

    @AfterEach
    void close() {
        harness.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache2", "haproxy", "node"})
    void closeWhatIsIdle(String name) {
        try (RealServer server = installed(name)) {
            List<Webhook> webhooks = webhooks(server);
            List<Answer> answers = new ArrayList<>();
            for (int pause : PAUSES) {
                answers.addAll(sendToEach(webhooks));
                ScriptedEndpoint.await(harness.vertx().timer(pause, TimeUnit.MILLISECONDS));
            }
            answers.addAll(sendToEach(webhooks));
            assertThat(answers).hasSize(2 * HOSTS * (PAUSES.size() + 1)).allMatch(RealServersTest::isDelivered);
            tell(name, answers);
        }
    }

    /** Each worker ends after 50 requests, with the connections that it had kept. */
    @Test
    void replacesItsWorkers() {
        try (RealServer server = installed("gunicorn")) {
            Webhook webhook = Webhooks.at("http://127.0.0.1:" + server.plain());
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < 75; i++) {
                answers.addAll(harness.sendAtOnce(webhook, 8));
            }
            assertThat(answers).hasSize(600).allMatch(RealServersTest::isDelivered);
            tell("gunicorn", answers);
        }
    }

    private RealServer installed(String name) {
        return RealServer.start(name, folder).orElseThrow(() -> LeftOut.because("there is no " + name));
    }

    /** One for each host over HTTP/1.1, and as many that share one over HTTP/2. */
    private List<Webhook> webhooks(RealServer server) {
        List<Webhook> webhooks = new ArrayList<>();
        names.put("hooks.example", List.of(SendingHarness.address("hooks.example", "127.0.0.1")));
        for (int i : IntStream.range(0, HOSTS).toArray()) {
            String host = "h%d.example".formatted(i);
            names.put(host, List.of(SendingHarness.address(host, "127.0.0.1")));
            webhooks.add(Webhooks.to("http://%s:%d".formatted(host, server.plain()))
                    .id("plain" + i)
                    .build());
            webhooks.add(Webhooks.to("https://hooks.example:" + server.secure())
                    .id("secure")
                    .tls(new TlsProfile(null, null, pem("ca.pem")))
                    .build());
        }
        return webhooks;
    }

    private List<Answer> sendToEach(List<Webhook> webhooks) {
        List<Future<Answer>> answers = webhooks.stream().map(harness::start).toList();
        return ScriptedEndpoint.await(Future.all(answers).map(all -> all.<Answer>list()));
    }

    private static boolean isDelivered(Answer answer) {
        return answer instanceof Answer.Status status && status.code() == 204;
    }

    private static void tell(String name, List<Answer> answers) {
        long again =
                answers.stream().filter(answer -> answer.sentAgain() != null).count();
        System.out.printf("%s: %d attempts, %d sent again, none failed%n", name, answers.size(), again);
    }
}
