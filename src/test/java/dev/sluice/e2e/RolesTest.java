package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pods that share the roles of one Sluice among them. */
@Timeout(60)
class RolesTest {
    private static final String ROLES = "SLUICE_RUNTIME_ROLES";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @Test
    void podsOfOneRoleEachDoTogetherWhatOneDoes() {
        try (TestPod ingest = TestPod.start(REDIS.uri(), ROLES, "ingest");
                TestPod deliver = TestPod.start(REDIS.uri(), ROLES, "deliver");
                TestPod api = TestPod.start(REDIS.uri(), ROLES, "api")) {
            api.webhook(receiver.url());
            for (int key = 0;
                    key < 20;
                    key++) { // some for each keyed partition, none of which may be left to a pod that reads none
                ingest.accept(new JsonObject()
                        .put("type", "a")
                        .put("partitionkey", "key-" + key)
                        .put("data", key));
            }
            ingest.accept("a", "without a key");
            TestPod.awaitQuiet(ingest, deliver, api);

            assertThat(receiver.all()).hasSize(21);
            assertThat(deliver.metrics().of("sluice_deliveries_delivered_total"))
                    .isEqualTo(21);
            for (TestPod pod : List.of(ingest, deliver, api)) {
                assertThat(pod.management().get("/health/ready").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aPodSaysOfARequestForAnotherRoleWhereItBelongs() {
        try (TestPod ingest = TestPod.start(REDIS.uri(), ROLES, "ingest");
                TestPod api = TestPod.start(REDIS.uri(), ROLES, "deliver,api")) {
            Rest.Answer event = api.api().post("/v1/events", "application/json", "{\"type\": \"a\"}");
            Rest.Answer emitted = api.api().post("/v1/sources/strapi/events", "application/json", "{}");
            Rest.Answer webhooks = ingest.api().get("/v1/webhooks");

            for (Rest.Answer answer : List.of(event, emitted, webhooks)) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(421);
                assertThat(answer.json().getString("type")).isEqualTo("urn:sluice:problem:elsewhere");
            }
            assertThat(event.json().getString("detail"))
                    .contains("[deliver, api] (expected, for this request: ingest)");
            assertThat(webhooks.json().getString("detail")).contains("[ingest] (expected, for this request: api)");
        }
    }
}
