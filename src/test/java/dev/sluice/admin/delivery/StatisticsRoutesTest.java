package dev.sluice.admin.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.Api;
import dev.sluice.delivery.LaneKey;
import dev.sluice.statistics.Sums;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatisticsRoutesTest {
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private String webhook() {
        return api.post("/v1/webhooks", new JsonObject().put("url", "https://example.com/"))
                .json()
                .getString("id");
    }

    @Test
    void showsWhatAWebhookDidInTheLastHour() {
        String id = webhook();
        Sums sums = new Sums()
                .add(Sums.DELIVERED, 3)
                .add(Sums.FAILED, 1)
                .add(Sums.NUMBER + 1, 4)
                .add(Sums.STATUS + 204, 3)
                .add(Sums.STATUS + 503, 1)
                .add("t10", 4);
        api.statistics.add(Api.NOW, Map.of(new LaneKey(id, "default"), sums), Map.of());
        JsonObject found = api.get("/v1/webhooks/" + id + "/statistics").json();
        assertThat(found.getString("period")).isEqualTo("hour");
        assertThat(found.getInteger("stepMs")).isEqualTo(60_000);
        assertThat(found.getJsonArray("points")).hasSize(60);
        JsonObject total = found.getJsonObject("total");
        assertThat(total.getInteger("attempts")).isEqualTo(4);
        assertThat(total.getJsonObject("statuses").getMap()).isEqualTo(Map.of("204", 3, "503", 1));
        assertThat(total.getJsonObject("durationMs").getInteger("p50")).isEqualTo(32);
        assertThat(total.containsKey("arrivalMs")).isFalse();
        assertThat(found.getJsonArray("points").getJsonObject(59).getInteger("failed"))
                .isEqualTo(1);
    }

    @Test
    void showsWhatATenantSentAndGot() {
        api.statistics.add(Api.NOW, Map.of(), Map.of("acme", new Sums().add(Sums.ACCEPTED, 7)));
        JsonObject total =
                api.get("/v1/statistics?tenant=acme&period=month").json().getJsonObject("total");
        assertThat(total.getInteger("accepted")).isEqualTo(7);
        assertThat(api.get("/v1/statistics").json().getJsonObject("total").getInteger("accepted"))
                .isZero();
    }

    @Test
    void showsADayOfThePagesWebhooksInOneRequest() {
        String one = webhook();
        String two = webhook();
        Sums sums = new Sums().add(Sums.DELIVERED, 3).add(Sums.FAILED, 2).add(Sums.DEAD, 1);
        api.statistics.add(Api.NOW, Map.of(new LaneKey(two, "default"), sums), Map.of());
        JsonObject found = api.get("/v1/statistics/webhooks?ids=" + one + "," + two + ",wh_none," + one)
                .json();
        assertThat(found.getInteger("stepMs")).isEqualTo(3_600_000);
        assertThat(found.getJsonArray("webhooks")).hasSize(2);
        JsonObject second = found.getJsonArray("webhooks").getJsonObject(1);
        assertThat(second.getString("id")).isEqualTo(two);
        assertThat(second.getJsonArray("delivered")).hasSize(24);
        assertThat(second.getJsonArray("delivered").getInteger(23)).isEqualTo(3);
        assertThat(second.getJsonArray("failed").getInteger(23)).isEqualTo(3);
        assertThat(api.get("/v1/statistics/webhooks?tenant=other&ids=" + one)
                        .json()
                        .getJsonArray("webhooks"))
                .isEmpty();
    }

    @Test
    void asksForAHundredWebhooksAtMost() {
        String many = IntStream.rangeClosed(1, 101).mapToObj(i -> "wh_" + i).collect(Collectors.joining(","));
        assertThat(api.get("/v1/statistics/webhooks?ids=" + many).detail()).contains("101", "at most 100");
        assertThat(api.get("/v1/statistics/webhooks?ids=" + many).status()).isEqualTo(400);
        String fewer = many.substring(0, many.lastIndexOf(','));
        assertThat(api.get("/v1/statistics/webhooks?ids=" + fewer).status()).isEqualTo(200);
        assertThat(api.get("/v1/statistics/webhooks").detail()).contains("ids: missing");
        assertThat(api.get("/v1/statistics/webhooks?ids=a,,b").detail()).contains("1 to 200");
    }

    @Test
    void saysWhichPeriodsThereAre() {
        var answer = api.get("/v1/statistics?period=year");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).contains("hour, day or month");
    }

    @Test
    void knowsNothingOfAWebhookThatTheTenantDoesNotHave() {
        assertThat(api.get("/v1/webhooks/" + webhook() + "/statistics?tenant=acme")
                        .status())
                .isEqualTo(404);
    }
}
