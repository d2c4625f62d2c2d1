package dev.sluice.admin.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.ApiKeys;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionRoutesTest {
    private static final String PATH = "/v1/journal/partitions";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private ApiClient.Answer put(Object partitions) {
        return api.put(PATH, new JsonObject().put("partitions", partitions));
    }

    @Test
    void tellsHowManyThereAreAndWhichPodsGoByIt() {
        api.followed = () -> 3;
        assertThat(api.as(Role.READ).get(PATH).json())
                .isEqualTo(new JsonObject("{\"partitions\":4,\"formerPartitions\":[],\"pods\":1,\"behind\":[\"a\"]}"));
    }

    @Test
    void raisesAndAnswersWhenAllPodsGoByIt() {
        AtomicInteger looks = new AtomicInteger();
        api.followed = () -> looks.incrementAndGet() < 4 ? 4 : 8;
        assertThat(put(8).json())
                .isEqualTo(new JsonObject("{\"partitions\":8,\"formerPartitions\":[4],\"pods\":1,\"behind\":[]}"));
        assertThat(put(8).json().getInteger("partitions")).as("again").isEqualTo(8);
    }

    @Test
    void refusesFewer() {
        ApiClient.Answer answer = put(3);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("fewer-partitions");
        assertThat(answer.json().getString("detail")).contains("There are 4 partitions", "redis.md");
    }

    @Test
    void refusesWhileAPodOfAnEarlierVersionWorks() {
        api.followed = () -> 0;
        ApiClient.Answer answer = put(8);
        assertThat(answer.problem()).isEqualTo("older-pod");
        assertThat(answer.json().getString("detail")).contains("'a'", "1.2.3");
        assertThat(api.get(PATH).json().getInteger("partitions")).isEqualTo(4);
    }

    @Test
    void refusesWhileAPodOfAnEarlierVersionMayComeBack() {
        api.followedByGone = 0;
        ApiClient.Answer answer = put(8);
        assertThat(answer.problem()).isEqualTo("older-pod");
        assertThat(answer.json().getString("detail")).contains("'b'", "may come back");
        assertThat(api.get(PATH).json().getInteger("partitions")).isEqualTo(4);
    }

    @Test
    void refusesWhereTooManyFormerNumbersAreRemembered() {
        put(8);
        ApiClient.Answer answer = put(16);
        assertThat(answer.problem()).isEqualTo("raised-too-often");
        assertThat(answer.json().getString("detail")).contains("8 partitions", "[4]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"partitions\":0}",
                "{\"partitions\":513}",
                "{\"partitions\":4.5}",
                "{\"partitions\":\"8\"}",
                "{\"shards\":8}"
            })
    void refusesWhatIsNoNumberOfPartitions(String body) {
        assertThat(api.put(PATH, new JsonObject(body)).problem()).isEqualTo("invalid-partitions");
    }

    @Test
    void isForAdminsAndSeenByNoTenant() {
        api.as(Role.MANAGE);
        assertThat(put(8).status()).isEqualTo(403);
        api.as(ApiKeys.bound("acme-key", Role.MANAGE, "acme", null));
        assertThat(api.get(PATH).problem()).isEqualTo("other-tenant");
    }
}
