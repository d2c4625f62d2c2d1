package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Past events, sent to a webhook again. */
class ReplayTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    private Instant began;

    @BeforeEach
    void start() {
        began = Instant.now().minusSeconds(60);
    }

    private JsonObject since() {
        return new JsonObject().put("since", began.toString());
    }

    private String replay(TestPod by, String webhook, JsonObject range) {
        Rest.Answer started = by.api().post("/v1/webhooks/" + webhook + "/replay", range);
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        return started.header("Location");
    }

    private static JsonObject awaitEnd(TestPod by, String location) {
        Awaitility.await()
                .until(() -> !by.api().get(location).json().getString("state").equals("running"));
        return by.api().get(location).json();
    }

    private void awaitReceived(int count) {
        Awaitility.await().until(() -> receiver.all().size() >= count);
        assertThat(receiver.all()).hasSize(count);
    }

    private Stream<String> webhookIds() {
        return receiver.all().stream().map(request -> request.header("webhook-id"));
    }

    @Test
    void deliveredEventsAreDeliveredAgainUnderTheSameIds() {
        String webhook = pod.webhook(receiver.url()).getString("id");
        List<String> events = IntStream.range(0, 40)
                .mapToObj(n -> pod.accept("a." + n % 2, n))
                .toList();
        awaitReceived(40);
        pod.awaitQuiet();

        JsonObject ended = awaitEnd(pod, replay(pod, webhook, since().put("eventTypes", JsonArray.of("a.1"))));

        awaitReceived(60);
        assertThat(ended.getString("state")).isEqualTo("done");
        assertThat(ended.getDouble("progress")).isEqualTo(1);
        assertThat(List.of(ended.getInteger("read"), ended.getInteger("matched"), ended.getInteger("queued")))
                .containsExactly(40, 20, 20);
        assertThat(webhookIds().skip(40))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 40)
                        .filter(n -> n % 2 == 1)
                        .mapToObj(events::get)
                        .toList());
        assertThat(receiver.all().stream().skip(40).map(one -> one.header("sluice-attempt")))
                .containsOnly("1");
        Awaitility.await().untilAsserted(() -> {
            assertThat(pod.metrics().of("sluice_deliveries_replayed_total")).isEqualTo(20);
            assertThat(pod.metrics().of("sluice_deliveries_claimed_total")).isEqualTo(20);
            assertThat(pod.metrics().of("sluice_replays")).isZero();
        });
        RedisKeys.await(REDIS, "sluice:{*}:delivery:*", 0);
    }

    @Test
    void aNewWebhookGetsThePast() {
        pod.accept("a", 1);
        pod.accept("b", 2);
        pod.awaitQuiet();
        String webhook = pod.webhook(new JsonObject()
                        .put("url", receiver.url())
                        .put("eventTypes", JsonArray.of("b"))
                        .put("body", "payload"))
                .getString("id");

        awaitEnd(pod, replay(pod, webhook, since()));

        awaitReceived(1);
        assertThat(receiver.take().text()).isEqualTo("2");
    }

    @Test
    void deadLettersOfTheRangeAreRetriedAndNothingElseWhereOnlyTheyAreWanted() {
        receiver.answersBy(request -> request.text().contains("bad") ? 500 : 204);
        String webhook = pod.webhook(new JsonObject()
                        .put("url", receiver.url())
                        .put(
                                "retry",
                                new JsonObject()
                                        .put("delaysMs", JsonArray.of(1000))
                                        .put("jitter", 0)))
                .getString("id");
        pod.accept("a", "good");
        String bad = pod.accept("a", "bad");
        awaitReceived(3);
        Awaitility.await().until(() -> deadLetters() == 1);
        receiver.answers(204);

        JsonObject ended = awaitEnd(pod, replay(pod, webhook, since().put("only", "failed")));

        awaitReceived(4);
        assertThat(ended.getInteger("queued")).isEqualTo(1);
        assertThat(webhookIds().skip(3)).containsExactly(bad);
        Awaitility.await().until(() -> deadLetters() == 0);
    }

    private int deadLetters() {
        return pod.api()
                .get("/v1/dead-letters")
                .json()
                .getJsonArray("deadLetters")
                .size();
    }

    @Test
    void anotherPodEndsWhatOneBegan() {
        String webhook = pod.webhook(receiver.url()).getString("id");
        for (int n = 0; n < 30; n++) {
            pod.accept("a", n);
        }
        awaitReceived(30);
        pod.awaitQuiet();
        String location = replay(pod, webhook, since());
        pod.restart();
        assertThat(awaitEnd(pod, location).getString("state")).isEqualTo("done");
        awaitReceived(60);
        assertThat(webhookIds().distinct()).hasSize(30);
    }

    @Test
    void saysWhyItCannotStart() {
        String webhook = pod.webhook(receiver.url()).getString("id");
        Rest.Answer nothing = pod.api().post("/v1/webhooks/" + webhook + "/replay", since());
        assertThat(nothing.status()).isEqualTo(422);
        assertThat(pod.api()
                        .post("/v1/webhooks/" + webhook + "/replay", new JsonObject())
                        .status())
                .isEqualTo(400);
        assertThat(pod.api().post("/v1/webhooks/wh_none/replay", since()).status())
                .isEqualTo(404);
    }
}
