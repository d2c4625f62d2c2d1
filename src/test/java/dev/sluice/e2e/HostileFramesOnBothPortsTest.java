package dev.sluice.e2e;

import static dev.sluice.testing.FrameClient.DATA;
import static dev.sluice.testing.FrameClient.END_HEADERS;
import static dev.sluice.testing.FrameClient.HEADERS;
import static dev.sluice.testing.FrameClient.RST_STREAM;
import static dev.sluice.testing.FrameClient.SETTINGS;
import static dev.sluice.testing.FrameClient.frame;
import static dev.sluice.testing.FrameClient.number;
import static dev.sluice.testing.FrameClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.FrameClient;
import dev.sluice.testing.LoggedErrors;
import dev.sluice.testing.RedisServer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@code ingest.HostileFramesTest}, at a whole pod: what one port is sent costs neither of them its clients. */
class HostileFramesOnBothPortsTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @ParameterizedTest
    @ValueSource(strings = {"/v1/events", "/v1/webhooks", "/metrics"})
    void othersAreServedOnBoth(String path) {
        int port = path.equals("/metrics") ? pod.managementPort() : pod.port();
        SplittableRandom random = new SplittableRandom(path.hashCode());
        try (LoggedErrors errors = new LoggedErrors()) {
            for (int connection = 0; connection < 30; connection++) {
                try (FrameClient client = new FrameClient(port).greet()) {
                    boolean goesOn = true;
                    for (int stream = 1; goesOn && stream < 600; stream += 2) {
                        goesOn = client.send(frame(HEADERS, END_HEADERS, stream, post(path)))
                                && client.send(any(random, stream));
                    }
                }
            }
            assertThat(pod.management().get("/health/live").status()).isEqualTo(200);
            pod.accept("a", 1);
            assertThat(pod.api().get("/v1/webhooks").status()).isEqualTo(200);
            assertThat(errors.all()).isEmpty();
        }
    }

    private static byte[] any(SplittableRandom random, int stream) {
        byte[] payload = new byte[random.nextInt(64)];
        random.nextBytes(payload);
        return switch (random.nextInt(4)) {
            case 0 -> frame(RST_STREAM, 0, stream, number(8));
            case 1 -> frame(DATA, random.nextInt(2), stream, payload);
            case 2 -> frame(SETTINGS, 0, 0);
            default -> frame(random.nextInt(12), random.nextInt(256), random.nextInt(stream + 4), payload);
        };
    }
}
