package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    void storesNothingOfARefusedBatchWhoseEventsFallIntoSeveralPartitions() {
        Rest one = publisher("one", null);
        String first = keyed("first", 0, 12);
        assertThat(batch(one, first).status()).isEqualTo(202);

        assertThat(batch(one, keyed("other", 0, 20)).status()).isEqualTo(422);
        assertThat(batch(one, keyed("other", 6, 30)).status()).isEqualTo(422);
        assertThat(batch(one, "[" + EVENT + "," + EVENT + "]").status()).isEqualTo(422);
        assertThat(post(one, "/v1/events", "batch", EVENT).status()).isEqualTo(422);
        assertThat(RedisKeys.events(REDIS)).isEqualTo(12);
        assertThat(batch(one, first).text()).contains("duplicate");
    }

    @Test
    void storesNothingOfARefusedBatchThatIsTooLargeForOneScript() {
        Rest one = publisher("one", null);
        assertThat(batch(one, "[" + EVENT + "]").status()).isEqualTo(202);
        String large = IntStream.range(0, 2500).mapToObj(i -> EVENT).collect(Collectors.joining(",", "[", "]"));

        assertThat(batch(one, large).status()).isEqualTo(422);
        assertThat(RedisKeys.events(REDIS)).isEqualTo(1);

        assertThat(one.post("/v1/events", BATCH, large, "idempotency-key", "large")
                        .status())
                .isEqualTo(202);
        assertThat(one.post("/v1/events", BATCH, large.replace('1', '2'), "idempotency-key", "large")
                        .status())
                .isEqualTo(422);
        assertThat(one.post("/v1/events", BATCH, large, "idempotency-key", "large")
                        .text())
                .contains("duplicate");
        assertThat(RedisKeys.events(REDIS)).isEqualTo(2501);
    }

    @Test
    void refusesABatchForAKeyThatASingleEventHas() {
        Rest one = publisher("one", null);
        assertThat(post(one, "/v1/events", "batch", EVENT).status()).isEqualTo(202);
        assertThat(batch(one, "[" + EVENT + "," + EVENT + "]").status()).isEqualTo(422);
        assertThat(RedisKeys.events(REDIS)).isEqualTo(1);
    }

    @Test
    void storesNothingOfARefusedBatchForSeveralTenants() {
        Rest one = publisher("one", null);
        assertThat(batch(one, tenants("t", 10)).status()).isEqualTo(202);
        assertThat(batch(one, tenants("t", 11)).status()).isEqualTo(422);
        assertThat(RedisKeys.events(REDIS)).isEqualTo(10);
        assertThat(batch(one, tenants("t", 10)).text()).contains("duplicate");
        assertThat(batch(one, tenants("u", 3)).status())
                .as("the first event says whose request it is")
                .isEqualTo(202);
    }

    @Test
    void storesOneOfTwoBatchesThatComeAtOnceUnderOneKey() {
        Rest one = publisher("one", null);
        List<Integer> sizes = List.of(5, 7, 11, 13, 17, 19);
        List<Integer> statuses = sizes.parallelStream()
                .map(size -> batch(one, keyed("n" + size, 0, size)).status())
                .toList();

        assertThat(statuses).containsOnlyOnce(202).containsOnly(202, 422);
        assertThat(RedisKeys.events(REDIS)).isEqualTo((long) sizes.get(statuses.indexOf(202)));
    }

    /** Events with ordering keys of many partitions. */
    private static String keyed(String type, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj("{\"type\":\"%s\",\"partitionkey\":\"article-%%d\"}".formatted(type)::formatted)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String tenants(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj("{\"type\":\"a\",\"tenant\":\"%s%%d\"}".formatted(prefix)::formatted)
                .collect(Collectors.joining(",", "[", "]"));
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
