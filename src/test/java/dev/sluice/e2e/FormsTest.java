package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.Receiver.Received;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in comes out in every form. */
class FormsTest {
    private static final String ID = "a-1";
    /** Spaces, an escape and the digits of the number must survive. */
    private static final String DATA = "{ \"n\": 1.0, \"s\": \"\\u00e9\" }";

    private static final String TIME = "2026-11-21T09:14:04.817Z";
    private static final String ATTRIBUTES =
            "\"specversion\":\"1.0\",\"id\":\"a-1\",\"source\":\"shop\",\"type\":\"order.paid\",\"time\":\"" + TIME
                    + "\"";
    private static final String EVENT = "{" + ATTRIBUTES + ",\"data\":" + DATA + "}";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @BeforeEach
    void start() {
        for (String mode : new String[] {"payload", "standard", "cloudevents", "cloudevents-binary"}) {
            pod.webhook(new JsonObject().put("url", receiver.url("/" + mode)).put("body", mode));
        }
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("application/json", EVENT, new String[0]),
                Arguments.of("application/cloudevents+json", EVENT, new String[0]),
                Arguments.of("application/cloudevents-batch+json", "[" + EVENT + "]", new String[0]),
                Arguments.of("application/x-ndjson", EVENT + "\n", new String[0]),
                Arguments.of("application/json", DATA, new String[] {
                    "ce-specversion", "1.0", "ce-id", ID, "ce-source", "shop", "ce-type", "order.paid", "ce-time", TIME
                }));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormIsDeliveredInEveryBodyMode(String contentType, String body, String[] headers) {
        Rest.Answer accepted = pod.api().post("/v1/events", contentType, body, headers);
        assertThat(accepted.status()).as(accepted.text()).isIn(200, 202);

        Map<String, Received> received = takeFour();
        assertThat(received.get("/payload").text()).isEqualTo(DATA);
        assertThat(received.get("/standard").text())
                .isEqualTo("{\"type\":\"order.paid\",\"timestamp\":\"" + TIME + "\",\"data\":" + DATA + "}");
        cloudEvent(received.get("/cloudevents"));
        binary(received.get("/cloudevents-binary"));
        received.values().forEach(one -> assertThat(one.header("webhook-id")).startsWith("evt_"));
    }

    @Test
    void dataThatIsNotJsonArrivesAsItIsOrAsBase64() {
        pod.api().post("/v1/events", "application/octet-stream", "hej", "ce-type", "note");

        Map<String, Received> received = takeFour();
        assertThat(received.get("/payload").text()).isEqualTo("hej");
        assertThat(received.get("/payload").header("content-type")).isEqualTo("application/octet-stream");
        assertThat(received.get("/cloudevents-binary").text()).isEqualTo("hej");
        assertThat(new JsonObject(received.get("/cloudevents").text()).getBinary("data_base64"))
                .asString()
                .isEqualTo("hej");
    }

    @Test
    void aBatchAndAStreamAreAnsweredInOrderAndDeliveredWhole() {
        String three = "{\"type\":\"a\"}\n{\"type\":\"b\"}\n{\"type\":\"c\"}";
        JsonArray batch = pod.api()
                .post("/v1/events", "application/cloudevents-batch+json", "[" + three.replace("\n", ",") + "]")
                .json()
                .getJsonArray("events");
        assertThat(batch).hasSize(3);
        assertThat(pod.api()
                        .post("/v1/events", "application/x-ndjson", three)
                        .text()
                        .lines())
                .hasSize(3)
                .allMatch(line -> line.contains("evt_"));

        pod.awaitQuiet();
        assertThat(receiver.all()).hasSize(6 * 4);
        assertThat(receiver.all().stream().filter(one -> one.path().equals("/cloudevents-binary")))
                .extracting(one -> one.header("ce-type"))
                .containsExactlyInAnyOrder("a", "a", "b", "b", "c", "c");
    }

    private Map<String, Received> takeFour() {
        Map<String, Received> received = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            Received one = receiver.take();
            received.put(one.path(), one);
        }
        assertThat(received).hasSize(4);
        return received;
    }

    private static void cloudEvent(Received received) {
        assertThat(received.header("content-type")).startsWith("application/cloudevents+json");
        assertThat(received.text()).contains("\"data\":" + DATA);
        JsonObject event = new JsonObject(received.text());
        assertThat(event.getString("specversion")).isEqualTo("1.0");
        assertThat(event.getString("id")).isEqualTo(ID);
        assertThat(event.getString("source")).isEqualTo("shop");
        assertThat(event.getString("type")).isEqualTo("order.paid");
        assertThat(event.getString("time")).isEqualTo(TIME);
    }

    private static void binary(Received received) {
        assertThat(received.text()).isEqualTo(DATA);
        assertThat(received.header("content-type")).isEqualTo("application/json");
        assertThat(received.header("ce-specversion")).isEqualTo("1.0");
        assertThat(received.header("ce-id")).isEqualTo(ID);
        assertThat(received.header("ce-source")).isEqualTo("shop");
        assertThat(received.header("ce-type")).isEqualTo("order.paid");
        assertThat(received.header("ce-time")).isEqualTo(TIME);
    }
}
