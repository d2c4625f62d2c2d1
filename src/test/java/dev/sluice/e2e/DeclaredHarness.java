package dev.sluice.e2e;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A pod, and a folder of files that say what webhooks and sources it shall have. */
abstract class DeclaredHarness {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        all("webhooks").forEach(one -> pod.api().delete("/v1/webhooks/" + one.getString("id")));
        pod.api().delete("/v1/sources/site");
        pod.api().delete("/v1/sources/other");
    }

    void write(String yaml) {
        write("all.yaml", yaml);
    }

    void write(String file, String text) {
        try {
            Files.writeString(folder.resolve("site.token"), "the-token-of-the-site\n");
            Files.writeString(folder.resolve(file), text);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    List<JsonObject> all(String kind) {
        JsonArray found = pod.api().get("/v1/" + kind).json().getJsonArray(kind);
        return found.stream().map(JsonObject.class::cast).toList();
    }
}
