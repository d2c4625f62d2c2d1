package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.Receiver.Received;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sources as their users set them, through the whole gateway. */
class SourcesTest {
    private static final String JSON = "application/json";
    private static final String ENTRY = "{\"event\":\"entry.create\",\"createdAt\":\"2026-01-15T09:30:00.000Z\","
            + "\"model\":\"article\",\"entry\":{\"id\":7,\"title\":\"Hi\"}}";
    private static final String SAVE = "{\"event\":\"collections.save.after\",\"hook\":\"To Sluice\",\"backend\":1,"
            + "\"args\":[\"posts\",{\"title\":\"a\\/b\",\"_id\":\"60f000000000000000000002\"},false]}";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final Receiver second = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @Test
    void mo01_offIsRecordedAndDeliveredToNobodyAndOnDeliversAgain() {
        pod.webhook(receiver.url());
        assertThat(patch("strapi", new JsonObject().put("enabled", false)).status())
                .isEqualTo(200);
        post("strapi", ENTRY);
        pod.awaitQuiet();
        Metrics metrics = pod.metrics();
        assertThat(metrics.of("sluice_events_accepted_total")).isEqualTo(1);
        assertThat(metrics.of("sluice_events_appended_total")).isEqualTo(1);
        assertThat(metrics.of("sluice_events_unmatched_total")).isEqualTo(1);
        assertThat(receiver.all()).isEmpty();

        patch("strapi", new JsonObject().put("enabled", true));
        post("strapi", ENTRY);
        assertThat(receiver.take().text()).isEqualTo(ENTRY);
        pod.awaitQuiet();
        assertThat(receiver.all()).hasSize(1);
    }

    @Test
    void st14_defaultHeadersAreInForceInEveryPodWithinASecondAndAfterARestart() {
        pod.webhook(new JsonObject()
                .put("url", receiver.url())
                .put("headers", new JsonArray().add(header("x-custom", "its-own", false))));
        JsonArray defaults = new JsonArray()
                .add(header("Authorization", "Bearer of-all", true))
                .add(header("X-Custom", "of-all", false));
        try (TestPod other = TestPod.start(REDIS.uri())) {
            patch("strapi", new JsonObject().put("defaultHeaders", defaults));
            Awaitility.await()
                    .until(() -> other.api().get("/v1/sources/strapi").text().contains("X-Custom"));
        }
        pod.restart();
        post("strapi", ENTRY);
        Received received = receiver.take();
        assertThat(received.header("Authorization")).isEqualTo("Bearer of-all");
        assertThat(received.header("X-Custom")).isEqualTo("its-own");
        assertThat(received.header("X-Strapi-Event")).isEqualTo("entry.create");
        assertThat(pod.api().get("/v1/sources/strapi").text()).doesNotContain("of-all\",\"secret\":true");
    }

    @Test
    void noProducerGetsTheDefaultHeadersByNamingTheSource() {
        pod.webhook(receiver.url());
        patch("strapi", new JsonObject().put("defaultHeaders", new JsonArray().add(header("X-All", "secret", true))));
        pod.accept(new JsonObject().put("type", "entry.create").put("source", "strapi"));
        assertThat(receiver.take().header("X-All")).isNull();
    }

    @Test
    void anEventIsSeenAndARefusedBodyToo() {
        post("strapi", ENTRY);
        assertThat(pod.api().post("/v1/sources/strapi/events", JSON, "{}").status())
                .isEqualTo(400);
        Awaitility.await().until(() -> seen().getInteger("refused") == 1);
        assertThat(seen().getJsonArray("types").getJsonObject(0).getString("type"))
                .isEqualTo("entry.create");
        assertThat(pod.metrics().of("sluice_events_accepted_total")).isEqualTo(1);
    }

    @Test
    void st16_anEventAboutAUserReachesNobodyAndIsCounted() {
        pod.webhook(receiver.url());
        String user = ENTRY.replace("\"article\"", "\"user\",\"uid\":\"plugin::users-permissions.user\"");
        Rest.Answer answer = pod.api().post("/v1/sources/strapi/events", JSON, user);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().getString("dropped")).isEqualTo("excludedModels");
        pod.awaitQuiet();
        assertThat(pod.metrics().of("sluice_events_dropped_total")).isEqualTo(1);
        assertThat(pod.metrics().of("sluice_events_accepted_total")).isZero();
        assertThat(receiver.all()).isEmpty();
    }

    @Test
    void theBodyAloneIsSignedWhereTheWebhookAsksForIt() throws Exception {
        JsonObject webhook = pod.webhook(new JsonObject()
                .put("url", receiver.url())
                .put("signing", new JsonObject().put("bodyHeader", "X-Strapi-Signature-256")));
        assertThat(webhook.getJsonObject("signing").getString("bodyHeader")).isEqualTo("X-Strapi-Signature-256");
        String key = pod.api()
                .get("/v1/webhooks/" + webhook.getString("id") + "/secret")
                .json()
                .getString("key");
        post("strapi", ENTRY);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(key.substring("whsec_".length())), "HmacSHA256"));
        String expected = HexFormat.of().formatHex(mac.doFinal(ENTRY.getBytes(StandardCharsets.UTF_8)));
        assertThat(receiver.take().header("X-Strapi-Signature-256")).isEqualTo("sha256=" + expected);
    }

    @Test
    void ck08_eachWebhookGetsItsOwnNameAsHookUnderOneContentType() {
        webhook("First hook", receiver);
        webhook("Second \"hook\"", second);
        Rest.Answer answer = pod.api().post("/v1/sources/cockpit/events", "text/plain", SAVE);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(receiver.take().text()).isEqualTo(SAVE.replace("To Sluice", "First hook"));
        Received other = second.take();
        assertThat(other.text()).isEqualTo(SAVE.replace("To Sluice", "Second \\\"hook\\\""));
        assertThat(other.header("Content-Type")).isEqualTo(JSON);
        assertThat(other.header("Content-Length")).isEqualTo(String.valueOf(other.body().length));
    }

    @Test
    void ck06_theWebhooksBasicAuthenticationAndHeadersInTheirOrder() {
        JsonArray headers = new JsonArray().add(header("X-Token", "abc", false)).add(header("X-Other", "d", false));
        JsonObject auth =
                new JsonObject().put("type", "basic").put("username", "bob").put("password", "3s3cret");
        pod.webhook(new JsonObject()
                .put("url", receiver.url())
                .put("headers", headers)
                .put("auth", auth));
        post("maya", SAVE);
        Received received = receiver.take();
        assertThat(received.header("Authorization")).isEqualTo("Basic Ym9iOjNzM2NyZXQ=");
        assertThat(received.header("X-Token")).isEqualTo("abc");
        assertThat(received.header("X-Other")).isEqualTo("d");
    }

    @Test
    void ck10_aTestOfCockpitIsASampleWithTheWebhooksNameAsHook() {
        JsonObject webhook = pod.webhook(new JsonObject()
                .put("url", receiver.url())
                .put("name", "Build")
                .put("source", "cockpit")
                .put("enabled", false)
                .put("eventTypes", new JsonArray(List.of("collections.save.*"))));
        JsonObject tested = test(webhook, new JsonObject());
        assertThat(tested.getBoolean("delivered")).as(tested.encode()).isTrue();
        JsonObject body = new JsonObject(receiver.take().text());
        assertThat(body.getString("event")).isEqualTo("collections.save.before");
        assertThat(body.getString("hook")).isEqualTo("Build");
        test(webhook, new JsonObject().put("type", "collections.save.after.posts"));
        assertThat(new JsonObject(receiver.take().text()).getString("event")).isEqualTo("collections.save.after.posts");
    }

    @Test
    void mo10_aTestOfModyoIsASampleOfTheFirstTypeWithAnAdditiveHeader() {
        JsonObject webhook = pod.webhook(new JsonObject()
                .put("url", receiver.url())
                .put("source", "modyo")
                .put("eventTypes", new JsonArray(List.of("entry_published_log"))));
        JsonObject tested = test(webhook, new JsonObject());
        assertThat(tested.getString("type")).isEqualTo("entry_published_log");
        Received received = receiver.take();
        assertThat(received.header("sluice-test")).isEqualTo("true");
        JsonObject body = new JsonObject(received.text());
        assertThat(body.getString("trigger_uid")).isEqualTo("entry_published_log");
        assertThat(body.getString("trigger_name")).isEqualTo("Entry published log");
        assertThat(body.fieldNames()).hasSize(25).doesNotContain("test");
        pod.awaitQuiet();
        assertThat(pod.metrics().of("sluice_events_appended_total"))
                .as("nothing is stored")
                .isZero();
    }

    private JsonObject test(JsonObject webhook, JsonObject body) {
        Rest.Answer answer = pod.api().post("/v1/webhooks/" + webhook.getString("id") + "/test", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private void webhook(String name, Receiver to) {
        pod.webhook(new JsonObject().put("url", to.url()).put("name", name));
    }

    private JsonObject seen() {
        return pod.api().get("/v1/sources/strapi").json().getJsonObject("seen");
    }

    private void post(String source, String body) {
        Rest.Answer answer = pod.api().post("/v1/sources/" + source + "/events", JSON, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    private Rest.Answer patch(String source, JsonObject patch) {
        Rest.Answer answer = pod.api().patch("/v1/sources/" + source, patch);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static JsonObject header(String name, String value, boolean secret) {
        return new JsonObject().put("name", name).put("value", value).put("secret", secret);
    }
}
