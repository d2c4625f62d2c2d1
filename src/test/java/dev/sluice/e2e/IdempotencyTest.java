package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A producer's names for its events are its own: another one's never make an event a repetition. */
class IdempotencyTest {
    private static final String ADMIN = "an-admin-key-of-the-test";
    private static final String JSON = "application/json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String EVENT = "{\"type\":\"a\",\"data\":1}";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS, "SLUICE_ACCESS_ADMIN_KEY", ADMIN);

    private Rest admin;

    @BeforeEach
    void start() {
        admin = pod.api().as(ADMIN);
    }

    @Test
    void takesTheSameKeyOfTwoSourcesForTwoEvents() {
        Rest shop = publisher("shop", "source");
        Rest blog = publisher("blog", "source");

        assertThat(post(shop, "/v1/events", "1", EVENT).text()).doesNotContain("duplicate");
        assertThat(post(blog, "/v1/events", "1", EVENT).text()).doesNotContain("duplicate");
        assertThat(post(shop, "/v1/events", "1", EVENT).text()).contains("duplicate");
        assertThat(RedisKeys.events(REDIS)).isEqualTo(2);
    }

    @Test
    void takesTheSameKeyOfTwoTenantsAndOfTwoKeysWithoutAnyForFourEvents() {
        for (Rest producer : new Rest[] {
            publisher("acme", "tenant"), publisher("umbrella", "tenant"), publisher("one", null), publisher("two", null)
        }) {
            assertThat(post(producer, "/v1/events", "1", EVENT).text()).doesNotContain("duplicate");
        }
        assertThat(RedisKeys.events(REDIS)).isEqualTo(4);
    }

    @Test
    void takesTheSameIdOfTwoProducersWithoutASourceForTwoEvents() {
        String named = "{\"type\":\"a\",\"id\":\"1\"}";
        Rest one = publisher("one", null);
        assertThat(post(one, "/v1/events", null, named).text()).doesNotContain("duplicate");
        assertThat(post(publisher("two", null), "/v1/events", null, named).text())
                .doesNotContain("duplicate");
        assertThat(post(one, "/v1/events", null, named).text()).contains("duplicate");
    }

    @Test
    void takesTheSameKeyAtAnotherDoorForAnotherEvent() {
        String entry = "{\"event\":\"entry.publish\",\"model\":\"article\",\"entry\":{\"id\":1}}";
        Rest one = publisher("one", null);
        assertThat(post(one, "/v1/events", "1", EVENT).status()).isEqualTo(202);
        assertThat(post(one, "/v1/sources/strapi/emit", "1", entry).text()).doesNotContain("duplicate");
        assertThat(post(one, "/v1/sources/strapi/emit", "1", entry).text()).contains("duplicate");
        assertThat(post(one, "/v1/sources/strapi/events", "1", entry).text()).doesNotContain("duplicate");
        assertThat(post(one, "/v1/sources/strapi/events", "1", entry.replace("\"id\":1", "\"id\":1,\"title\":\"x\""))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void refusesTheSameKeyWithAnotherBodyAndStoresNothing() {
        Rest one = publisher("one", null);
        assertThat(post(one, "/v1/events", "1", EVENT).status()).isEqualTo(202);

        Rest.Answer other = post(one, "/v1/events", "1", "{\"type\":\"a\",\"data\":2}");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.header("content-type")).isEqualTo("application/problem+json");
        assertThat(other.text()).contains("idempotency-key-taken", "Idempotency-Key", "another body");
        assertThat(RedisKeys.events(REDIS)).isEqualTo(1);
        assertThat(new JsonObject(post(one, "/v1/events", "1", EVENT).text()).getBoolean("duplicate"))
                .isTrue();
    }

    @Test
    void refusesABatchWithAKeyThatWasAnothersWhole() {
        Rest one = publisher("one", null);
        assertThat(batch(one, "[" + EVENT + "," + EVENT + "]").status()).isEqualTo(202);
        assertThat(batch(one, "[" + EVENT + "," + EVENT + "," + EVENT + "]").status())
                .isEqualTo(422);
        assertThat(RedisKeys.events(REDIS)).isEqualTo(2);
        assertThat(batch(one, "[" + EVENT + "," + EVENT + "]").text()).contains("duplicate");
    }

    @Test
    void tellsBinaryEventsWithTheSameKeyApartByTheirHeaders() {
        Rest one = publisher("one", null);
        assertThat(binary(one, "a").status()).isEqualTo(202);
        assertThat(binary(one, "a").text()).contains("duplicate");
        assertThat(binary(one, "b").status()).isEqualTo(422);
    }

    private static Rest.Answer binary(Rest producer, String type) {
        return producer.post("/v1/events", "text/plain", "x", "ce-type", type, "idempotency-key", "b");
    }

    private static Rest.Answer batch(Rest producer, String body) {
        return producer.post("/v1/events", BATCH, body, "idempotency-key", "batch");
    }

    private static Rest.Answer post(Rest producer, String path, String key, String body) {
        return key == null ? producer.post(path, JSON, body) : producer.post(path, JSON, body, "idempotency-key", key);
    }

    private Rest publisher(String name, String bound) {
        JsonObject form = new JsonObject().put("name", name).put("role", "publish");
        Rest.Answer made = admin.post("/v1/keys", bound == null ? form : form.put(bound, name));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return pod.api().as(made.json().getString("token"));
    }
}
