package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.Receiver.Received;
import dev.sluice.testing.Captures;
import dev.sluice.testing.Captures.Capture;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.Samples;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the users of Strapi, Cockpit, Maya and Modyo rely on, from the request of the CMS to the receiver. */
class FourSystemsTest {
    private static final String JSON = "application/json";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @Test
    void st01_mo02_whatArrivesIsAPostOfJson() {
        pod.webhook(receiver.url("/build"));
        post("strapi", Samples.seed("strapi-entry.create"));
        Received fromStrapi = receiver.take();
        post("modyo", Samples.seed("modyo-entry_created_log"));
        Received fromModyo = receiver.take();
        for (Received received : List.of(fromStrapi, fromModyo)) {
            assertThat(received.path()).isEqualTo("/build");
            assertThat(received.header("content-type")).isEqualTo(JSON);
            assertThat(new JsonObject(received.text())).isNotEmpty();
        }
    }

    @Test
    void st09_publishAndUnpublishComeFromStrapiAloneAndTheCatalogueSaysWhen() {
        pod.webhook(receiver.url());
        Buffer update = Captures.named("strapi-v5.54.0/entry.update").bytes();
        post("strapi", update);
        assertThat(receiver.take().header("x-strapi-event")).isEqualTo("entry.update");
        pod.awaitQuiet();
        assertThat(receiver.all()).hasSize(1);
        JsonObject publish = pod.api().get("/v1/event-types?source=strapi").json().getJsonArray("eventTypes").stream()
                .map(JsonObject.class::cast)
                .filter(type -> type.getString("type").equals("entry.publish"))
                .findFirst()
                .orElseThrow();
        assertThat(publish.getString("tooltip")).contains("Draft & Publish");
    }

    @Test
    void st20_aWebhooksWholeLifeIsInTheApi() {
        String webhook = "/v1/webhooks/" + pod.webhook(receiver.url()).getString("id");
        assertThat(pod.api().post(webhook + "/test", JSON, "{}").status()).isEqualTo(200);
        assertThat(receiver.take().header("sluice-test")).isEqualTo("true");
        assertThat(patch(webhook, "{\"enabled\":false}").getBoolean("enabled")).isFalse();
        assertThat(patch(webhook, "{\"enabled\":true}").getBoolean("enabled")).isTrue();
        assertThat(patch(webhook, "{\"name\":\"Deploy\"}").getString("name")).isEqualTo("Deploy");
        assertThat(pod.api().delete(webhook).status()).isEqualTo(204);
        assertThat(pod.api().get(webhook).status()).isEqualTo(404);
        assertThat(pod.api().get("/openapi.yaml").text()).contains("/v1/webhooks/{id}/test:");
    }

    @Test
    void ck01_theReceiverHearsOfItWithoutAskingThoughTheEventIsDurableFirst() {
        pod.webhook(receiver.url());
        Capture save = Captures.named("cockpit-v1-0.12.2/collections.save.after");
        Rest.Answer answer =
                pod.api().post("/v1/sources/cockpit/events", JSON, save.bytes().toString());
        assertThat(answer.json().getString("id")).isEqualTo(receiver.take().header("webhook-id"));
    }

    @Test
    void everyRequestOfCockpitArrivesAsCockpitWouldHaveSentItToTheReceiver() {
        pod.webhook(new JsonObject().put("name", "Über/alles").put("url", receiver.url()));
        int exact = 0;
        for (Capture capture : Captures.in("cockpit-v1-0.12.2")) {
            try (RawHttp http = pod.connect()) {
                assertThat(http.send(capture.postedTo("/v1/sources/cockpit/events"))
                                .read()
                                .status())
                        .as(capture.name())
                        .isEqualTo(202);
            }
            String sent = capture.bytes().toString();
            String received = receiver.take().text();
            JsonObject before = new JsonObject(sent);
            assertThat(new JsonObject(received).getString("hook"))
                    .as(capture.name())
                    .isEqualTo("Über/alles");
            assertThat(new JsonObject(received).getString("event")).isEqualTo(before.getString("event"));
            String hook = sent.replaceFirst("\"hook\":\"[^\"]*\"", "\"hook\":\"\\\\u00dcber\\\\/alles\"");
            exact += received.equals(hook) ? 1 : 0;
        }
        assertThat(exact).as("those that hold no secret").isGreaterThan(30);
    }

    @Test
    void everyRecordOfModyoArrivesByteForByte() {
        pod.webhook(receiver.url());
        for (Buffer line : Samples.lines("modyo")) {
            post("modyo", line);
            assertThat(receiver.take().text()).isEqualTo(line.toString());
        }
    }

    @Test
    void everyEventOfMayaArrivesUnderItsName() {
        pod.webhook(new JsonObject().put("name", "Mine").put("url", receiver.url()));
        for (Buffer line : Samples.lines("maya")) {
            post("maya", line);
            JsonObject received = new JsonObject(receiver.take().text());
            assertThat(received.getString("event"))
                    .isEqualTo(line.toJsonObject().getString("event"));
            assertThat(received.getString("hook")).isEqualTo("Mine");
        }
    }

    @Test
    void mo04_theListCanBeOfTheActiveOnes() {
        String on = pod.webhook(receiver.url()).getString("id");
        String off = pod.webhook(new JsonObject().put("url", receiver.url()).put("enabled", false))
                .getString("id");
        assertThat(listed("?enabled=true&limit=500")).contains(on).doesNotContain(off);
        assertThat(listed("?enabled=false&limit=500")).contains(off).doesNotContain(on);
        assertThat(listed("?limit=500")).contains(on, off);
        assertThat(pod.api().get("/v1/webhooks?enabled=yes").status()).isEqualTo(400);
        String cursor =
                pod.api().get("/v1/webhooks?enabled=true&limit=1").json().getString("cursor");
        assertThat(cursor == null
                        || !listed("?enabled=true&limit=500&cursor=" + cursor).contains(off))
                .isTrue();
    }

    private List<String> listed(String query) {
        return pod.api().get("/v1/webhooks" + query).json().getJsonArray("webhooks").stream()
                .map(webhook -> ((JsonObject) webhook).getString("id"))
                .toList();
    }

    private void post(String source, Buffer body) {
        Rest.Answer answer = pod.api().post("/v1/sources/" + source + "/events", JSON, body.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    private JsonObject patch(String webhook, String patch) {
        Rest.Answer answer = pod.api().patch(webhook, new JsonObject(patch));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
