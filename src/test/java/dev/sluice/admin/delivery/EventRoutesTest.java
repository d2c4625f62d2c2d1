package dev.sluice.admin.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.admin.InMemoryEvents;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.testing.ApiKeys;
import dev.sluice.testing.Webhooks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventRoutesTest {
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private JsonObject event(String id) {
        ApiClient.Answer answer = api.get("/v1/events/" + id);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void showsAnEventThatWasStoredWithAByteOrderMark() {
        api.events.add("evt_1", "default", "application/json", "\uFEFF{\"n\":1}", false);
        assertThat(event("evt_1").getJsonObject("data")).isEqualTo(new JsonObject().put("n", 1));
    }

    @Test
    void showsAnEventWithItsAttributesDataAndDeliveries() {
        api.registry.save(Webhooks.webhook("wh_1", "entry.*"));
        api.registry.save(Webhooks.webhook("wh_2", "media.*"));
        String id = api.deliveries.add("evt_1", new LaneKey("wh_1", "default"), DeliveryState.WAITING);
        api.events.add("evt_1", "default", "application/json", "{\"n\":1.10}", false);
        JsonObject event = event("evt_1");
        assertThat(event.getString("id")).isEqualTo("evt_1");
        assertThat(event.getString("acceptedAt")).isEqualTo(InMemoryEvents.ACCEPTED.toString());
        assertThat(event.getJsonObject("attributes"))
                .isEqualTo(new JsonObject()
                        .put("type", "entry.publish")
                        .put("source", "test")
                        .put("tenant", "default")
                        .put("datacontenttype", "application/json"));
        assertThat(event.getJsonArray("deliveries")).hasSize(1);
        assertThat(event.getJsonArray("deliveries").getJsonObject(0).getString("id"))
                .isEqualTo(id);
        assertThat(event.getBoolean("moreDeliveries")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            quoteCharacter = '`',
            value = {
                "-                         | {\"n\":1.10}       | \"data\":{\"n\":1.10}",
                "application/json          | 1e999              | \"data\":1e999",
                "application/json;a=b      | [12345678901234567890123] | \"data\":[12345678901234567890123]",
                "application/geo+json      | \"x\"              | \"data\":\"x\"",
                "text/plain                | {\"n\":1}          | \"dataBase64\":\"eyJuIjoxfQ==\"",
                "application/json          | {broken            | \"dataBase64\":\"e2Jyb2tlbg==\"",
            },
            delimiter = '|')
    void showsDataAsItCame(String contentType, String data, String shown) {
        api.events.add("evt_1", "default", contentType, data, false);
        assertThat(api.get("/v1/events/evt_1").response().body()).contains(shown);
    }

    @Test
    void showsNoDataWhereThereIsNone() {
        api.events.add("evt_1", "default", null, "", false);
        assertThat(event("evt_1").fieldNames()).doesNotContain("data", "dataBase64");
    }

    @Test
    void showsToWhomAnEventIsOnItsWay() {
        api.registry.save(Webhooks.webhook("wh_1", "entry.*"));
        api.registry.save(Webhooks.webhook("wh_2", "media.*"));
        api.events.add("evt_1", "default", null, "{}", true);
        JsonArray deliveries = event("evt_1").getJsonArray("deliveries");
        assertThat(deliveries).hasSize(1);
        assertThat(deliveries.getJsonObject(0).getString("webhook")).isEqualTo("wh_1");
        assertThat(deliveries.getJsonObject(0).getString("state")).isEqualTo("pending");
    }

    @Test
    void saysThatThereAreMoreDeliveriesThanItLooksFor() {
        for (int i = 0; i < 201; i++) {
            api.registry.save(Webhooks.webhook("wh_%03d".formatted(i), "**"));
        }
        api.events.add("evt_1", "default", null, "{}", true);
        JsonObject event = event("evt_1");
        assertThat(event.getJsonArray("deliveries")).hasSize(200);
        assertThat(event.getBoolean("moreDeliveries")).isTrue();
    }

    @Test
    void knowsNoUnknownEventAndNoneOfOtherTenants() {
        assertThat(api.get("/v1/events/evt_0").problem()).isEqualTo("no-such-event");
        assertThat(api.get("/v1/events/evt_0").detail()).contains("journal.retention");
        api.events.add("evt_1", "default", null, "{}", false);
        api.events.add("evt_2", "acme", null, "{}", false);
        api.as(ApiKeys.bound("bound", Role.READ, "acme", null));
        assertThat(api.get("/v1/events/evt_1").status()).isEqualTo(404);
        assertThat(api.get("/v1/events/evt_2").status()).isEqualTo(200);
    }

    @Test
    void asksForTheRightRole() {
        assertThat(api.as(Role.PUBLISH).get("/v1/events/evt_1").status()).isEqualTo(403);
    }
}
