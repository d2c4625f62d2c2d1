package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.redis.Keys;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code sluice partitions N}, while two pods work. */
@Timeout(120)
class PartitionsCommandTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod one = TestPod.on(REDIS);

    @RegisterExtension
    final TestPod other = TestPod.on(REDIS);

    @RegisterExtension
    final Receiver receiver = new Receiver();

    private CommandRun run(String... words) {
        return CommandRun.at(one.url(), Map.of(), words);
    }

    private static JsonObject accept(TestPod pod, int number) {
        JsonObject event = new JsonObject()
                .put("type", "a")
                .put("id", "order-" + number)
                .put("source", "/shop")
                .put("data", number);
        Rest.Answer answer = pod.api().post("/v1/events", "application/json", event.encode());
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json();
    }

    @Test
    void raisesThemInAllPodsAndSaysSo() {
        one.webhook(receiver.url());
        List<String> before = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            before.add(accept(i % 2 == 0 ? one : other, i).getString("id"));
        }
        await().until(() -> run("partitions").out().equals("4 partitions; 2 of 2 pods go by it\n"));

        CommandRun raised = run("partitions", "8");
        assertThat(raised.said()).isEqualTo("8 partitions; 2 of 2 pods go by it; before it was 4\n");
        assertThat(raised.code()).isZero();
        assertThat(run("partitions", "8").said())
                .isEqualTo("8 partitions; 2 of 2 pods go by it; they were as many before\n");
        assertThat(run("partitions").said()).isEqualTo("8 partitions; 2 of 2 pods go by it\n");

        for (int i = 0; i < 30; i++) {
            JsonObject again = accept(i % 2 == 0 ? other : one, i);
            assertThat(again.getString("id")).isEqualTo(before.get(i));
            assertThat(again.getBoolean("duplicate")).isTrue();
        }
        for (int i = 30; i < 60; i++) {
            accept(other, i);
        }
        TestPod.awaitQuiet(one, other);
        await().until(() -> receiver.all().size() == 60);
        assertThat(REDIS.command("EXISTS", Keys.events("f4"), Keys.events("f5"), Keys.events("f6"), Keys.events("f7")))
                .isEqualTo(":4");
    }

    @Test
    void refusesFewerAndWhatIsNoNumber() {
        assertThat(run("partitions", "3").mistakes())
                .isEqualTo("sluice: 409: There are 4 partitions (expected: more); how to have fewer is said in"
                        + " src/docs/redis.md.\n");
        assertThat(run("partitions", "many").mistakes())
                .isEqualTo("sluice: partitions: many (expected: a number, as 8)\n");
        assertThat(run("partitions", "513").mistakes())
                .contains("/partitions: 513 (expected: a whole number, 1 to 512)");
        assertThat(run("partitions", "3").code()).isEqualTo(1);
    }

    @Test
    void aPodThatIsSetOtherwiseSaysSoAndGoesByTheNumberOfTheOthers() {
        try (TestPod set = TestPod.start(REDIS.uri(), "SLUICE_JOURNAL_PARTITIONS", "6")) {
            assertThat(set.metrics().of("sluice_journal_partitions{said=\"settings\"}"))
                    .isEqualTo(6);
            assertThat(set.metrics().of("sluice_journal_partitions{said=\"redis\"}"))
                    .isEqualTo(4);
        }
    }
}
