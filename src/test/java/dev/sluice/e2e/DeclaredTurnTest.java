package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.Keeper;
import dev.sluice.testing.LoggedLines;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several pods, each with a folder of files: none makes what another made, and none puts back what was. */
@Timeout(120)
class DeclaredTurnTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @TempDir
    Path folder;

    @TempDir
    Path older;

    private final LoggedLines lines = new LoggedLines(Keeper.class);

    @BeforeEach
    void forget() {
        REDIS.command("FLUSHALL");
    }

    @AfterEach
    void close() {
        lines.close();
    }

    private static void write(Path folder, String... urls) {
        StringBuilder yaml = new StringBuilder("webhooks:\n");
        for (int i = 0; i < urls.length; i++) {
            yaml.append("  - {name: w%d, url: 'https://%s'}\n".formatted(i, urls[i]));
        }
        try {
            Files.writeString(folder.resolve("all.yaml"), yaml);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static TestPod follows(Path folder) {
        return TestPod.start(REDIS.uri(), "SLUICE_DATA_DECLARED_DIR", folder.toString());
    }

    private static List<String> urls(TestPod pod) {
        return pod.api().get("/v1/webhooks").json().getJsonArray("webhooks").stream()
                .map(JsonObject.class::cast)
                .map(webhook -> webhook.getString("url"))
                .sorted()
                .toList();
    }

    private static void awaits(TestPod pod, String... urls) {
        await().until(() -> urls(pod).equals(List.of(urls)));
    }

    private void awaitLine(String text) {
        await().until(() -> lines.all().stream().anyMatch(line -> line.contains(text)));
    }

    @Test
    void aPodThatStartsWithOlderFilesPutsNothingBackUntilItSeesThemChange() {
        write(folder, "a.example");
        write(older, "a.example");
        try (TestPod pod = follows(folder)) {
            awaits(pod, "https://a.example");
            write(folder, "b.example");
            awaits(pod, "https://b.example");
            try (TestPod late = follows(older)) {
                awaitLine("was applied before this pod started");
                assertThat(urls(pod)).containsExactly("https://b.example");
                REDIS.command("DEL", "sluice:declaring"); // the other one's rest is over
                write(older, "a.example", "c.example");
                awaits(late, "https://a.example", "https://c.example");
            }
        }
    }

    @Test
    void ofTwoPodsThatSeeAChangeEachTakesItsTurnAndTheSecondFindsNothingToDo() {
        write(folder, "a.example");
        try (TestPod one = follows(folder);
                TestPod other = follows(folder)) {
            awaits(one, "https://a.example");
            awaitLine("was applied before this pod started");
            write(folder, "a.example", "b.example", "c.example");
            Set<String> turns = new TreeSet<>();
            await().until(() -> {
                turns.add(REDIS.command("GET", "sluice:declaring"));
                return lines.all().stream()
                                .filter(line -> line.contains("changes=0 same=3"))
                                .count()
                        == 1;
            });
            assertThat(turns).hasSizeGreaterThanOrEqualTo(2);
            assertThat(urls(other)).containsExactly("https://a.example", "https://b.example", "https://c.example");
        }
    }
}
