package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.Receiver.Received;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gets what, and from when on. */
class WebhooksTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final Receiver other = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @Test
    void anEventThatIsSentAgainIsDeliveredOnce() {
        pod.webhook(receiver.url());
        JsonObject event =
                new JsonObject().put("type", "a").put("source", "shop").put("id", "1");
        String id = pod.accept(event);

        JsonObject again = pod.api().post("/v1/events", event).json();
        assertThat(again.getString("id")).isEqualTo(id);
        assertThat(again.getBoolean("duplicate")).isTrue();
        pod.awaitQuiet();
        assertThat(receiver.all()).hasSize(1);
    }

    @Test
    void aRequestThatIsSentAgainWithItsKeyIsDeliveredOnce() {
        pod.webhook(receiver.url());
        String body = "{\"type\":\"a\"}";
        String id = post(body, "k-1").getString("id");

        JsonObject again = post(body, "k-1");
        assertThat(again.getString("id")).isEqualTo(id);
        assertThat(again.getBoolean("duplicate")).isTrue();
        assertThat(post(body, "k-2").containsKey("duplicate")).isFalse();
        pod.awaitQuiet();
        assertThat(receiver.all()).hasSize(2);
    }

    @Test
    void tenantsSeeNothingOfEachOther() {
        JsonObject ours = pod.webhook(receiver.url());
        JsonObject theirs = pod.webhook(new JsonObject().put("url", other.url()).put("tenant", "acme"));
        pod.accept(new JsonObject().put("type", "for.acme").put("tenant", "acme"));
        pod.accept(new JsonObject().put("type", "for.us"));

        assertThat(other.take().text()).contains("for.acme");
        assertThat(receiver.take().text()).contains("for.us");
        pod.awaitQuiet();
        assertThat(receiver.all()).hasSize(1);
        assertThat(other.all()).hasSize(1);
        assertThat(listed("")).containsExactly(ours.getString("id"));
        assertThat(listed("?tenant=acme")).containsExactly(theirs.getString("id"));
        assertThat(pod.api().get("/v1/webhooks/" + theirs.getString("id")).status())
                .isEqualTo(404);
    }

    @Test
    void eventTypePatternsChoose() {
        pattern("exact", "entry.create");
        pattern("one", "entry.*");
        pattern("any", "entry.**");
        pattern("two", "media.*", "entry.publish");
        for (String type : List.of("entry.create", "entry.publish", "entry.review.done", "media.delete", "user.x")) {
            pod.accept(type, type);
        }
        pod.awaitQuiet();

        assertThat(typesAt("/exact")).containsExactlyInAnyOrder("entry.create");
        assertThat(typesAt("/one")).containsExactlyInAnyOrder("entry.create", "entry.publish");
        assertThat(typesAt("/any")).containsExactlyInAnyOrder("entry.create", "entry.publish", "entry.review.done");
        assertThat(typesAt("/two")).containsExactlyInAnyOrder("media.delete", "entry.publish");
    }

    @Test
    void aPatchTakesEffectWithTheNextEvent() {
        String webhook = path(pod.webhook(receiver.url()));
        patch(webhook, new JsonObject().put("url", other.url()).put("body", "payload"));

        pod.accept("a", 7);

        assertThat(other.take().text()).isEqualTo("7");
        pod.awaitQuiet();
        assertThat(receiver.all()).isEmpty();
    }

    @Test
    void aDisabledWebhookGetsNothingUntilItIsEnabledAndThenWhatWaitedForIt() {
        receiver.answers(500);
        String webhook = path(pod.webhook(failing()));
        pod.accept("before", 1);
        receiver.take();
        patch(webhook, new JsonObject().put("enabled", false));
        receiver.answers(204);
        pod.accept("meanwhile", 2);
        pod.awaitQuiet();
        assertThat(parked(webhook)).isEqualTo(1);
        assertThat(receiver.all()).hasSize(1);

        patch(webhook, new JsonObject().put("enabled", true));

        assertThat(receiver.take().text()).contains("before");
        assertThat(pod.accept("after", 3)).startsWith("evt_");
        assertThat(receiver.take().text()).contains("after");
        assertThat(receiver.all()).hasSize(3);
    }

    @Test
    void aDeletedWebhookGetsNothingAndWhatWaitedForItGoes() {
        receiver.answers(500);
        String webhook = path(pod.webhook(failing()));
        pod.accept("before", 1);
        receiver.take();
        pod.awaitQuiet();
        assertThat(parked(webhook)).isEqualTo(1);

        assertThat(pod.api().delete(webhook).status()).isEqualTo(204);
        pod.accept("after", 2);
        pod.awaitQuiet();

        assertThat(pod.api().get(webhook).status()).isEqualTo(404);
        RedisKeys.await(REDIS, "sluice:{*}:delivery:*", 0);
        assertThat(receiver.all()).hasSize(1);
    }

    private JsonObject failing() {
        return new JsonObject()
                .put("url", receiver.url())
                .put(
                        "retry",
                        new JsonObject()
                                .put("delaysMs", JsonArray.of(1000, 1000))
                                .put("jitter", 0));
    }

    private int parked(String webhook) {
        return pod.api().get(webhook).json().getJsonObject("state").getInteger("parked");
    }

    private void pattern(String path, String... patterns) {
        pod.webhook(new JsonObject()
                .put("url", receiver.url("/" + path))
                .put("body", "payload")
                .put("eventTypes", new JsonArray(List.of(patterns))));
    }

    private List<String> typesAt(String path) {
        return receiver.all().stream()
                .filter(one -> one.path().equals(path))
                .map(Received::text)
                .map(text -> text.replace("\"", ""))
                .toList();
    }

    private JsonObject post(String body, String key) {
        return pod.api()
                .post("/v1/events", "application/json", body, "idempotency-key", key)
                .json();
    }

    private List<String> listed(String query) {
        return pod.api().get("/v1/webhooks" + query).json().getJsonArray("webhooks").stream()
                .map(webhook -> ((JsonObject) webhook).getString("id"))
                .toList();
    }

    private static String path(JsonObject webhook) {
        return "/v1/webhooks/" + webhook.getString("id");
    }

    private void patch(String webhook, JsonObject patch) {
        Rest.Answer patched = pod.api().patch(webhook, patch);
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
    }
}
