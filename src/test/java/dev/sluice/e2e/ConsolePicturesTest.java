package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.LaneKey;
import dev.sluice.redis.RedisLink;
import dev.sluice.statistics.Sums;
import dev.sluice.statistics.redis.RedisStatistics;
import dev.sluice.subscription.Homes;
import dev.sluice.testing.Loop;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pictures of {@code src/docs}, made again by {@code mvn verify -Dtest=ConsolePicturesTest -Dsluice.pictures=true}. */
@EnabledIfSystemProperty(named = "sluice.pictures", matches = "true", disabledReason = "writes into src/docs")
class ConsolePicturesTest extends ConsoleHarness {
    private static final Path FOLDER = Path.of("src", "docs");
    private static final int MOST_BYTES = 150 * 1024;
    private static final Homes HOMES = new Homes(4, 1);

    @RegisterExtension
    static final Loop LOOP = new Loop();

    @RegisterExtension
    final Receiver ill = new Receiver();

    @Test
    void takesThemSmall() throws IOException {
        ConsoleScene scene = new ConsoleScene(pod, receiver, ill).fill();
        anHourOf(scene.shop, 40, 3);
        anHourOf(scene.search, 12, 9);
        String search = "/webhooks/" + scene.search.getString("id");
        tab.colours("light").size(1280, 800);
        take("/", "console-overview");
        take(search, "console");
        take(search + "/edit", "console-form");
        tab.colours("dark");
        take("/webhooks/" + scene.shop.getString("id") + "/statistics", "console-statistics");
    }

    private void take(String path, String name) throws IOException {
        tab.open(pod.url() + path).until("!document.querySelector('.loading') && document.querySelector('.page')");
        Path file = FOLDER.resolve(name + ".png");
        Files.write(file, tab.view());
        assertThat(file).isNotEmptyFile();
        assertThat(Files.size(file)).as(name).isLessThan(MOST_BYTES);
    }

    /** A day is not over in a test: what would have been counted is added by hand. */
    private void anHourOf(JsonObject webhook, int each, int failing) {
        RedisLink link = LOOP.get(
                () -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "pictures")));
        LOOP.get(link::up);
        RedisStatistics statistics = new RedisStatistics(link, HOMES);
        LaneKey lane = new LaneKey(webhook.getString("id"), "default");
        Instant now = Instant.now();
        for (int minute = 1; minute < 60; minute++) {
            long good = Math.round(each * (1.2 + Math.sin(minute / 6.0)) + minute % 7);
            long bad = minute > 22 && minute < 31 ? failing : 0;
            Sums sums = new Sums()
                    .add(Sums.DELIVERED, good)
                    .add(Sums.FAILED, bad)
                    .add(Sums.NUMBER + 1, good + bad)
                    .add(Sums.STATUS + 204, good)
                    .add("t" + (9 + minute % 3), good)
                    .add("t" + (14 + (bad > 0 ? 4 : minute % 2)), 1 + bad)
                    .add("a" + (10 + minute % 3), good);
            if (bad > 0) {
                sums.add(Sums.STATUS + 503, bad).add(Sums.NUMBER + 2, bad).add(Sums.REFUSED, 2);
            }
            Instant at = now.minus(Duration.ofMinutes(minute));
            Map<String, Sums> came = Map.of("default", new Sums().add(Sums.ACCEPTED, good));
            LOOP.get(() -> statistics.add(at, Map.of(lane, sums), came));
        }
        LOOP.get(() -> link.close());
    }
}
