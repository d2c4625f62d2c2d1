package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.Receiver.Received;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A boolean or an integer among the extensions leaves as one (CloudEvents JSON format 1.0.2, section 2.2). */
class AttributeTypesTest {
    private static final String EXTENSIONS =
            "\"myext\":true,\"off\":false,\"n\":5,\"low\":-2147483648,\"text\":\"5\",\"yes\":\"true\","
                    + "\"big\":2147483648,\"ratio\":1.50";
    private static final String EVENT =
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"a\"," + EXTENSIONS + ",\"data\":1}";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    private String structured;

    @BeforeEach
    void start() {
        structured = webhook("cloudevents");
        webhook("cloudevents-binary");
    }

    private String webhook(String mode) {
        JsonObject form = new JsonObject().put("url", receiver.url("/" + mode)).put("body", mode);
        return pod.webhook(form).getString("id");
    }

    private Map<String, Received> takeTwo() {
        return Stream.of(receiver.take(), receiver.take()).collect(Collectors.toMap(Received::path, one -> one));
    }

    private static void typed(Received received) {
        assertThat(received.text())
                .contains("\"myext\":true,", "\"off\":false,", "\"n\":5,", "\"low\":-2147483648,")
                .contains("\"text\":\"5\"", "\"yes\":\"true\"", "\"big\":\"2147483648\"", "\"ratio\":\"1.50\"");
    }

    private static void headers(Received received) {
        assertThat(Stream.of("myext", "off", "n", "low", "text", "yes", "big", "ratio")
                        .map(name -> received.header("ce-" + name)))
                .containsExactly("true", "false", "5", "-2147483648", "5", "true", "2147483648", "1.50");
    }

    @ParameterizedTest
    @CsvSource({
        "application/cloudevents+json, %s",
        "application/json, %s",
        "application/cloudevents-batch+json, [%s]",
        "application/x-ndjson, %s"
    })
    void aBooleanAndAnIntegerStayWhatTheyAre(String type, String form) {
        assertThat(pod.api().post("/v1/events", type, form.formatted(EVENT)).status())
                .isIn(200, 202);

        Map<String, Received> received = takeTwo();
        typed(received.get("/cloudevents"));
        headers(received.get("/cloudevents-binary"));
    }

    @Test
    void aHeaderIsAString() {
        pod.api().post("/v1/events", "application/json", "1", "ce-type", "a", "ce-myext", "true", "ce-n", "5");

        Map<String, Received> received = takeTwo();
        assertThat(received.get("/cloudevents").text()).contains("\"myext\":\"true\"", "\"n\":\"5\"");
        assertThat(received.get("/cloudevents-binary").header("ce-myext")).isEqualTo("true");
    }

    @Test
    void theyStayThroughParkingAndThroughAReplayAndInWhatIsShown() {
        receiver.answers(503);
        Rest.Answer accepted = pod.api().post("/v1/events", "application/json", EVENT);
        takeTwo();
        receiver.answers(204);
        Map<String, Received> again = takeTwo();
        typed(again.get("/cloudevents"));
        headers(again.get("/cloudevents-binary"));

        pod.awaitQuiet();
        JsonObject range =
                new JsonObject().put("since", Instant.now().minusSeconds(60).toString());
        pod.api().post("/v1/webhooks/" + structured + "/replay", range);
        typed(receiver.take());

        String id = accepted.json().getString("id");
        JsonObject shown = pod.api().get("/v1/events/" + id).json().getJsonObject("attributes");
        assertThat(shown.getValue("myext")).isEqualTo(true);
        assertThat(shown.getValue("n")).isEqualTo(5);
        assertThat(shown.getValue("text")).isEqualTo("5");
    }
}
