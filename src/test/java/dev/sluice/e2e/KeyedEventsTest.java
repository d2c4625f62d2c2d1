package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events with a partitionkey go their own way through the journal and arrive like all others. */
class KeyedEventsTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    private static void publish(TestPod pod, int from, int to) {
        IntStream.range(from, to)
                .forEach(n -> pod.accept(new JsonObject()
                        .put("type", "entry.update")
                        .put("partitionkey", "article-" + n % 10)
                        .put("data", n)));
    }

    private void awaitReceived(int from, int to) {
        Awaitility.await().until(() -> receiver.all().size() >= to);
        assertThat(receiver.all().stream().skip(from).map(request -> new JsonObject(request.text()).getInteger("data")))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(from, to).boxed().toList());
    }

    @Test
    void arriveOnceWhilePodsComeAndGo() {
        TestPod one = TestPod.start(REDIS.uri());
        one.webhook(receiver.url());
        publish(one, 0, 50);
        awaitReceived(0, 50);
        try (TestPod other = TestPod.start(REDIS.uri())) {
            publish(one, 50, 75);
            publish(other, 75, 100);
            awaitReceived(50, 100);
            TestPod.awaitQuiet(one, other);
            one.close();
            publish(other, 100, 150);
            awaitReceived(100, 150);
        }
        assertThat(receiver.all()).hasSize(150);
    }
}
