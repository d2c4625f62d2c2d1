package dev.sluice.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The dashboard of {@code k8s/}. */
public final class Dashboard {
    public static final Path FILE = Path.of("k8s", "dashboards", "sluice.json");

    private Dashboard() {}

    /** What its panels ask. */
    public static List<String> queries() {
        try {
            return trees(new JsonObject(Files.readString(FILE)).getJsonArray("panels"))
                    .flatMap(panel -> trees(panel.getJsonArray("targets", new JsonArray())))
                    .map(target -> target.getString("expr"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<JsonObject> trees(JsonArray list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonObject.class::cast);
    }
}
