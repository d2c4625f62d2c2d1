package dev.sluice.admin.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.testing.ApiKeys;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemRoutesTest {
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void tellsWhichPodsThereAreAndWhichIsGone() {
        api.as(Role.READ);
        JsonObject pods = api.get("/v1/pods").json();
        JsonObject alive = pods.getJsonArray("pods").getJsonObject(0);
        assertThat(alive.getString("state")).isEqualTo("serving");
        assertThat(alive.getJsonArray("roles")).containsExactly("ingest", "api");
        assertThat(pods.getJsonArray("pods").getJsonObject(1).getString("state"))
                .isEqualTo("gone");
    }

    @Test
    void tellsOfRedisAlsoWhatIsAway() {
        JsonObject redis = api.get("/v1/redis").json();
        assertThat(redis.getString("form")).isEqualTo("cluster");
        assertThat(redis.getBoolean("fit")).isTrue();
        assertThat(redis.getJsonArray("servers").getJsonObject(0).getLong("memoryBytes"))
                .isEqualTo(10);
        assertThat(redis.getJsonArray("servers").getJsonObject(0).containsKey("memoryLimitBytes"))
                .isFalse();
        assertThat(redis.getJsonArray("servers").getJsonObject(1).getString("away"))
                .isEqualTo("refused");
    }

    @Test
    void tellsWhoReadsWhichPartitionAndHowFarBehind() {
        JsonObject found = api.get("/v1/journal/lags").json();
        JsonObject shared = found.getJsonArray("partitions").getJsonObject(0);
        assertThat(shared.getBoolean("keyed")).isFalse();
        assertThat(shared.getInteger("unread")).isEqualTo(7);
        assertThat(shared.containsKey("reader")).isFalse();
        JsonObject keyed = found.getJsonArray("partitions").getJsonObject(1);
        assertThat(keyed.getString("reader")).isEqualTo("a-1");
        assertThat(keyed.containsKey("unread")).isFalse();
        assertThat(keyed.getInteger("oldestUnsettledMs")).isEqualTo(5);
    }

    @Test
    void tellsNothingOfItToAKeyOfATenant() {
        api.as(ApiKeys.bound("acme-key", Role.MANAGE, "acme", null));
        assertThat(api.get("/v1/pods").problem()).isEqualTo("other-tenant");
        assertThat(api.get("/v1/redis").problem()).isEqualTo("other-tenant");
        assertThat(api.get("/v1/journal/lags").problem()).isEqualTo("other-tenant");
    }
}
