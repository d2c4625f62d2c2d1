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
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Charts, and what they leave out. */
class ConsoleStatisticsTest extends ConsoleHarness {
    private static final Homes HOMES = new Homes(4, 1);

    @RegisterExtension
    static final Loop LOOP = new Loop();

    @Test
    void countsAnswersThatAreTooManyToShowAsOthers() {
        JsonObject webhook = pod.webhook(new JsonObject().put("url", receiver.url()));
        Sums sums = new Sums().add(Sums.NUMBER + 1, 20).add(Sums.FAILED, 20).add(Sums.STATUS + 0, 5);
        for (int status = 400; status < 415; status++) {
            sums.add(Sums.STATUS + status, 1);
        }
        count(webhook, sums);
        tab.open(pod.url() + "/webhooks/" + webhook.getString("id") + "/statistics")
                .shows("other", "What happened while Redis was away is missing");
        assertThat(tab.script("document.querySelectorAll('.shares')[0].children.length"))
                .isEqualTo(13);
        assertThat(tab.script("document.querySelector('.shares li:last-child .number').textContent"))
                .isEqualTo("8");
    }

    @Test
    void showsOfEachWebhookOfAPageHowItsLastDayWentByOneRequest() {
        JsonObject well =
                pod.webhook(new JsonObject().put("url", receiver.url("/well")).put("name", "Well"));
        JsonObject ill =
                pod.webhook(new JsonObject().put("url", receiver.url("/ill")).put("name", "Ill"));
        pod.webhook(new JsonObject().put("url", receiver.url("/new")).put("name", "New"));
        count(well, new Sums().add(Sums.DELIVERED, 40));
        count(ill, new Sums().add(Sums.DELIVERED, 3).add(Sums.FAILED, 1));
        tab.before("performance.setResourceTimingBufferSize(1000)");
        tab.open(pod.url() + "/webhooks").until("document.querySelectorAll('.spark').length === 2");
        assertThat(
                        tab.script(
                                "document.querySelector('[aria-label=\"In the last day 75% of 4 attempts were delivered\"]') !== null"))
                .isEqualTo(true);
        assertThat(tab.script("[...document.querySelectorAll('.spark small')].map((e) => e.textContent).sort().join()"))
                .isEqualTo("100%,75%");
        assertThat(
                        tab.script(
                                "performance.getEntriesByType('resource').filter((e) => e.name.includes('/v1/statistics/webhooks')).length"))
                .isEqualTo(1);
    }

    @Test
    void countsTheAttemptsOfTheLastHourForAReaderWhoHasJustCome() {
        JsonObject webhook = pod.webhook(new JsonObject().put("url", receiver.url()));
        count(webhook, new Sums().add(Sums.DELIVERED, 40).add(Sums.NUMBER + 1, 40));
        tab.open(pod.url()).shows("Attempts in the last hour\n40");
    }

    @Test
    void tellsWhoReadsEachPartitionOfTheJournal() {
        tab.open(pod.url() + "/system").shows("Partitions of the journal", "in order of the keys");
        if (tab.text().contains("Show all")) {
            tab.click("Show all").shows("all pods, in no order");
        }
        assertThat(tab.complaints()).isEmpty();
    }

    private static void count(JsonObject webhook, Sums sums) {
        RedisLink link = LOOP.get(
                () -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "counted")));
        LOOP.get(link::up);
        LaneKey lane = new LaneKey(webhook.getString("id"), "default");
        LOOP.get(() -> new RedisStatistics(link, HOMES).add(Instant.now(), Map.of(lane, sums), Map.of()));
        LOOP.get(() -> link.close());
    }
}
