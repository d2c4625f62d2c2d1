package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A webhook gets the events that its filter lets through, and no other. */
class FilterTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @Test
    void onlyMatchingEventsArrive() {
        webhook("live", "{'exact':{'/data/status':'live'}}");
        webhook("site", "{'all':[{'exact':{'model':'article'}},{'sql':'site IN (`12`, `13`)'}]}");
        webhook("list", "[{'prefix':{'type':'entry.'}},{'not':{'exact':{'/data/status':'live'}}}]");
        accept("{'type':'entry.a','model':'article','site':'12','data':{'status':'live'}}");
        accept("{'type':'entry.b','model':'article','site':14,'data':{'status':'draft'}}");
        accept("{'type':'media.c','model':'article','site':13,'data':'live'}");
        accept("{'type':'media.d','datacontenttype':'text/plain','data':'{}'}");
        pod.awaitQuiet();

        assertThat(typesAt("/live")).containsExactlyInAnyOrder("entry.a");
        assertThat(typesAt("/site")).containsExactlyInAnyOrder("entry.a", "media.c");
        assertThat(typesAt("/list")).containsExactlyInAnyOrder("entry.b");
    }

    /** {@code awaitQuiet} holds the sum: what was accepted is unmatched, settled, or still pending. */
    @Test
    void anEventThatOnlyFiltersRefusedIsUnmatched() {
        webhook("live", "{'exact':{'/data/status':'live'}}");
        webhook("sql", "{'sql':'missing = `a`'}");
        for (int i = 0; i < 5; i++) {
            accept("{'type':'a','data':{'status':'draft'}}");
        }
        accept("{'type':'a','data':{'status':'live'}}");
        pod.awaitQuiet();

        assertThat(receiver.all()).hasSize(1);
        assertThat(pod.metrics().of("sluice_events_unmatched_total")).isEqualTo(5);
        assertThat(pod.metrics().of("sluice_events_settled_total")).isEqualTo(1);
    }

    @Test
    void aChangedFilterTakesEffectWithTheNextEvent() {
        JsonObject webhook = webhook("changed", "{'exact':{'site':'12'}}");
        String path = "/v1/webhooks/" + webhook.getString("id");
        patch(path, "{'filter':{'exact':{'site':'13'}}}");
        accept("{'type':'a','site':'12'}");
        accept("{'type':'b','site':'13'}");
        pod.awaitQuiet();
        patch(path, "{'filter':{'exact':null,'sql':'site = 14'}}");
        accept("{'type':'c','site':'13'}");
        accept("{'type':'d','site':'14'}");
        pod.awaitQuiet();
        patch(path, "{'filter':null}");
        accept("{'type':'e'}");
        pod.awaitQuiet();

        assertThat(typesAt("/changed")).containsExactly("b", "d", "e");
        assertThat(pod.api().get(path).json().containsKey("filter")).isFalse();
    }

    @Test
    void theDryRunSaysWhatADeliveryWouldDo() {
        JsonObject webhook = webhook("dry", "{'exact':{'/data/status':'live'}}");
        String match = "/v1/webhooks/" + webhook.getString("id") + "/match";

        assertThat(post(match, "{'type':'a','data':{'status':'live'}}").getBoolean("matches"))
                .isTrue();
        JsonObject refused = post(match, "{'type':'a','data':{'status':'draft'}}");
        pod.awaitQuiet();

        assertThat(refused.getJsonArray("checks").getJsonObject(4).getString("pointer"))
                .isEqualTo("/filter/exact/~1data~1status");
        assertThat(receiver.all()).isEmpty();
        assertThat(pod.metrics().of("sluice_events_appended_total")).isZero();
    }

    private JsonObject webhook(String path, String filter) {
        return pod.webhook(
                json("{'body':'cloudevents','filter':" + filter + "}").put("url", receiver.url("/" + path)));
    }

    private void accept(String event) {
        pod.accept(json(event));
    }

    private JsonObject post(String path, String body) {
        Rest.Answer answer = pod.api().post(path, json(body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private void patch(String path, String body) {
        Rest.Answer answer = pod.api().patch(path, json(body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private List<String> typesAt(String path) {
        return receiver.all().stream()
                .filter(one -> one.path().equals(path))
                .map(one -> new JsonObject(one.text()).getString("type"))
                .toList();
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"').replace('`', '\''));
    }
}
