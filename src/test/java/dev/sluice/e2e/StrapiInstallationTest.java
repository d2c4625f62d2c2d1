package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.Receiver.Received;
import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.StrapiServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real Strapi 5, an editor who works with it, and a gateway between it and its receiver. */
class StrapiInstallationTest {
    @Order(1)
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @Order(2)
    @RegisterExtension
    static final StrapiServer STRAPI = new StrapiServer();

    @RegisterExtension
    final Gateways gateways = new Gateways();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOKEN = "known-to-strapi-and-sluice";
    /** What a new article causes that is published from the panel: a draft, which is saved again, and published. */
    private static final List<String> PUBLISHING = List.of("entry.create", "entry.update", "entry.publish");

    private static final byte[] DOT = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private final List<Receiver> receivers = new ArrayList<>();
    private Receiver receiver = open(new Receiver());
    private GatewayProcess gateway;
    private StrapiAdmin editor;

    @BeforeEach
    void pointStrapiAtTheGatewayAndTheGatewayAtTheReceiver() {
        Map<String, String> settings = Gateways.settings(REDIS.uri());
        settings.put("SLUICE_SOURCES_STRAPI_TOKEN", TOKEN);
        settings.put("SLUICE_DELIVERY_CIRCUIT_OPEN_FOR", "500ms");
        gateway = gateways.launch(settings).awaitReady();
        JsonObject webhook = new JsonObject().put("url", receiver.url()).put("source", "strapi");
        assertThat(new Rest(gateway.url()).post("/v1/webhooks", webhook).status())
                .isEqualTo(201);
        editor = StrapiAdmin.signedIn(STRAPI.url());
        editor.deleteWebhooks();
        editor.createWebhook(
                "Sluice",
                gateway.url() + "/v1/sources/strapi/events",
                new JsonObject().put("Authorization", "Bearer " + TOKEN));
    }

    @AfterEach
    void stop() {
        receivers.forEach(Receiver::close);
    }

    @Test
    void everyEventArrivesAsStrapiWouldHaveSentItItself() {
        Receiver witness = open(new Receiver());
        editor.createWebhook("Without Sluice", witness.url(), new JsonObject());

        String article = editor.create("Hello");
        editor.update(article, "Grüße, \"世界\" \\ 🌍");
        editor.publish(article);
        editor.unpublish(article);
        editor.delete(article);
        int file = editor.upload("dot.png", DOT);
        editor.renameFile(file, "period.png");
        editor.deleteFile(file);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(timeless(receiver))
                        .containsExactlyInAnyOrderElementsOf(timeless(witness))
                        .hasSizeGreaterThanOrEqualTo(StrapiAdmin.EVENTS.size()));
        assertThat(receiver.all())
                .allSatisfy(StrapiInstallationTest::hasTheHeadersOfStrapi)
                .extracting(StrapiInstallationTest::event)
                .containsOnly(StrapiAdmin.EVENTS.toArray(String[]::new))
                .containsAll(StrapiAdmin.EVENTS);
    }

    @Test
    void whatIsPublishedWhileTheReceiverIsStoppedArrivesWhenItIsBack() {
        List<String> before = publish("Before");
        awaitAtReceiver(before.size());
        receiver.close();

        List<String> events = publish("One", "Two", "Three", "Four");
        awaitAccepted(before.size() + events.size());
        receiver = open(receiver.successor());

        awaitAtReceiver(events.size());
        assertThat(receiver.all())
                .extracting(StrapiInstallationTest::eventAndDocument)
                .containsExactlyInAnyOrderElementsOf(events);
    }

    /** Strapi itself calls once, from memory: of these calls it would repeat none. */
    @Test
    void nothingIsMissingThoughStrapiIsKilledRightAfterItsCallsWereAnswered() {
        receiver.close();
        List<String> events = publish("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight");
        awaitAccepted(events.size());
        STRAPI.kill();
        receiver = open(receiver.successor());

        awaitAtReceiver(events.size());
        assertThat(receiver.all())
                .allSatisfy(StrapiInstallationTest::hasTheHeadersOfStrapi)
                .extracting(StrapiInstallationTest::eventAndDocument)
                .containsExactlyInAnyOrderElementsOf(events);
    }

    private Receiver open(Receiver opened) {
        receivers.add(opened);
        return opened;
    }

    /** The events that this causes, each with its document. */
    private List<String> publish(String... titles) {
        List<String> events = new ArrayList<>();
        for (String title : titles) {
            String article = editor.create(title);
            editor.publish(article);
            for (String event : PUBLISHING) {
                events.add(event + " " + article);
            }
        }
        return events;
    }

    private void awaitAccepted(int count) {
        Rest management = new Rest(gateway.managementUrl());
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(
                                new Metrics(management.get("/metrics").text()).of("sluice_events_accepted_total"))
                        .isEqualTo(count));
    }

    private void awaitAtReceiver(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(receiver.all()).hasSizeGreaterThanOrEqualTo(count));
    }

    /** Strapi notes the time of each call anew; the rest of a body is the same for all of an event. */
    private static List<String> timeless(Receiver receiver) {
        return receiver.all().stream()
                .map(request -> request.text().replaceFirst("\"createdAt\":\"[^\"]+\",", ""))
                .toList();
    }

    private static void hasTheHeadersOfStrapi(Received request) {
        assertThat(request.header("X-Strapi-Event")).isEqualTo(event(request));
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("Authorization")).as("Strapi's own secret").isNull();
    }

    private static String event(Received request) {
        return new JsonObject(request.text()).getString("event");
    }

    private static String eventAndDocument(Received request) {
        JsonObject body = new JsonObject(request.text());
        return body.getString("event") + " " + body.getJsonObject("entry").getString("documentId");
    }
}
