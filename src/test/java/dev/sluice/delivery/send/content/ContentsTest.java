package dev.sluice.delivery.send.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.send.SendingHarness;
import dev.sluice.delivery.send.Webhooks;
import dev.sluice.event.Event;
import dev.sluice.subscription.Shape.BodyMode;
import dev.sluice.subscription.Webhook;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentsTest {
    private static final byte[] BINARY = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xFF};

    private final Contents contents = new Contents();

    @Test
    void passesOnThePayloadByteForByte() {
        String odd = "{ \"b\" : 1.0,\"a\":1e400,\n\"b\":2 }";
        Content content = write(
                SendingHarness.event("application/json; charset=utf-8", Buffer.buffer(odd), null), BodyMode.PAYLOAD);
        assertThat(content.body()).hasToString(odd);
        assertThat(content.type()).isEqualTo("application/json; charset=utf-8");
        assertThat(content.length()).isEqualTo(Integer.toString(odd.length()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}    | application/json",
                "` [1]`       | application/json",
                "\"text\"     | application/json",
                "-1           | application/json",
                "true         | application/json",
                "``           | application/json",
                "<xml/>       | application/octet-stream",
                "plain        | application/octet-stream"
            })
    void tellsJsonByItsFirstByteWhereTheProducerSaidNothing(String data, String type) {
        Event event = SendingHarness.event(null, Buffer.buffer(data), null);
        assertThat(write(event, BodyMode.PAYLOAD).type()).isEqualTo(type);
    }

    @Test
    void putsJsonIntoTheStandardBodyWithoutReadingIt() {
        Event event = SendingHarness.event("application/json", Buffer.buffer("{\"a\":1e400 ,\"a\":2}"), null);
        assertThat(write(event, BodyMode.STANDARD).body())
                .hasToString("{\"type\":\"invoice.paid\",\"timestamp\":\"2021-02-25T15:02:10Z\","
                        + "\"data\":{\"a\":1e400 ,\"a\":2}}");
    }

    @Test
    void writesNullForDataThatIsMissing() {
        Event event = SendingHarness.event(null, Buffer.buffer(), null);
        JsonObject json = new JsonObject(write(event, BodyMode.STANDARD).body());
        assertThat(json.containsKey("data")).isTrue();
        assertThat(json.getValue("data")).isNull();
        assertThat(new JsonObject(write(event, BodyMode.CLOUDEVENTS).body()).containsKey("data"))
                .isFalse();
    }

    @Test
    void writesOtherDataAsBase64() {
        Event event = SendingHarness.event("image/png", Buffer.buffer(BINARY), null);
        String expected = Base64.getEncoder().encodeToString(BINARY);
        for (BodyMode mode : new BodyMode[] {BodyMode.STANDARD, BodyMode.CLOUDEVENTS}) {
            JsonObject json = new JsonObject(write(event, mode).body());
            assertThat(json.getString("data_base64")).isEqualTo(expected);
            assertThat(json.containsKey("data")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html; charset=UTF-8",
                "application/xml",
                "image/svg+xml",
                "application/x-www-form-urlencoded"
            })
    void writesTextAsAString(String type) {
        String text = "\uFEFF<a b=\"1\">é\t\\ 😀\r\n</a>";
        Event event = SendingHarness.event(type, Buffer.buffer(text), null);
        for (BodyMode mode : new BodyMode[] {BodyMode.STANDARD, BodyMode.CLOUDEVENTS}) {
            JsonObject json = new JsonObject(write(event, mode).body());
            assertThat(json.getString("data")).isEqualTo(text);
            assertThat(json.containsKey("data_base64")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"text/plain; charset=iso-8859-1,ZQ==", "text/plain,/w==", "text/plain,AA==", "font/woff,ZQ=="})
    void writesAsBase64WhatSaysItIsTextAndCannotBeAString(String type, String base64) {
        Event event =
                SendingHarness.event(type, Buffer.buffer(Base64.getDecoder().decode(base64)), null);
        assertThat(new JsonObject(write(event, BodyMode.CLOUDEVENTS).body()).getString("data_base64"))
                .isEqualTo(base64);
    }

    @Test
    void writesAStructuredCloudEvent() {
        Event event = SendingHarness.event(
                "application/vnd.shop+json",
                Buffer.buffer("[1]"),
                null,
                "id",
                "7",
                "subject",
                "a\"b\\c\n\u0001ü\uD83D\uDE00",
                "specversion",
                "0.3");
        Content content = write(event, BodyMode.CLOUDEVENTS);
        assertThat(content.type()).isEqualTo("application/cloudevents+json");
        assertThat(new JsonObject(content.body()))
                .isEqualTo(new JsonObject()
                        .put("specversion", "1.0")
                        .put("id", "7")
                        .put("type", "invoice.paid")
                        .put("source", "/shop/1")
                        .put("time", "2021-02-25T15:02:10Z")
                        .put("datacontenttype", "application/vnd.shop+json")
                        .put("subject", "a\"b\\c\n\u0001ü\uD83D\uDE00")
                        .put("data", new io.vertx.core.json.JsonArray().add(1)));
    }

    @Test
    void givesACloudEventTheGatewaysIdWhereTheProducerGaveNone() {
        JsonObject json = new JsonObject(
                write(SendingHarness.event(), BodyMode.CLOUDEVENTS).body());
        assertThat(json.getString("id")).isEqualTo("evt_p5jXN8AQM9LWM0D4loKWxJek");
    }

    @Test
    void survivesHalfASurrogate() {
        Event event = SendingHarness.event("application/json", Buffer.buffer("1"), null, "subject", "\uD83D");
        assertThat(new JsonObject(write(event, BodyMode.CLOUDEVENTS).body()).getString("subject"))
                .isEqualTo("?");
    }

    @Test
    void choosesByTheSourceWhereTheWebhookDoesNot() {
        Webhook webhook = Webhooks.at("http://a.example/");
        Event fromCms = SendingHarness.event("application/json", Buffer.buffer("1"), "strapi");
        assertThat(contents.of(fromCms, webhook).body()).hasToString("1");
        assertThat(contents.of(SendingHarness.event(), webhook).body().toString())
                .startsWith("{\"type\":");
    }

    @Test
    void writesTheContentOfAnEventOnceForAllItsDeliveries() {
        Event event = SendingHarness.event();
        Content first = write(event, BodyMode.STANDARD);
        assertThat(write(event, BodyMode.PAYLOAD)).isNotSameAs(first);
        assertThat(write(event, BodyMode.STANDARD)).isSameAs(first);
        Event other = SendingHarness.event("application/json", Buffer.buffer("2"), null);
        assertThat(write(other, BodyMode.STANDARD)).isNotSameAs(first);
    }

    private Content write(Event event, BodyMode mode) {
        return contents.of(event, Webhooks.to("http://a.example/").body(mode).build());
    }
}
