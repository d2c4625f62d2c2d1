package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.Cli;
import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The partitions are raised by the command while pods, one of which stands still, work for three kinds of producers. */
@Tag("apart")
class RaisedPartitionsChaosTest {
    private static final int PODS = Integer.getInteger("sluice.chaos.pods", 2);
    private static final int NAMES = 100;
    /** Shorter than others take for a death, longer than they need to follow. */
    private static final Duration STILL = Duration.ofMillis(2200);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Gateways gateways = new Gateways();

    private final Map<String, String> idsByName = new HashMap<>();
    private Scenario scenario;
    private Producers free;
    private int refused;
    private int known;

    @BeforeEach
    void open() {
        Map<String, String> settings = Gateways.settings(REDIS.uri());
        settings.put("SLUICE_JOURNAL_CLAIM_AFTER", "15s");
        settings.put("SLUICE_DELIVERY_TIMEOUT", "15s");
        scenario = new Scenario(gateways, settings, Long.getLong("sluice.chaos.seed", 20), true);
        scenario.startPods(PODS);
        scenario.createWebhook("one", new JsonObject().put("ordering", "key"));
        free = new Producers(
                scenario.vertx,
                () -> scenario.pods.stream()
                        .flatMap(pod -> pod.reachable().stream())
                        .toList(),
                new Random(1),
                false);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void nothingIsLostRepeatedOrOutOfOrderWhileThePartitionsAreRaised() {
        FailoverLedger ledger = new FailoverLedger(scenario, "one", false);
        scenario.producers.start(4);
        free.start(4);
        postNames(PODS, "first");
        ledger.during("partitions are raised from 4 to 8", () -> raise(8, () -> postNames(PODS, "first")));
        postNames(PODS, "first");
        ledger.during("and to 16 while a pod stands still", this::raiseWhileOneStandsStill);
        postNames(PODS, "first");
        postNames(PODS, "second");
        scenario.stopProducers();
        Scenario.get(free.stop());
        expectAllDelivered();
        ledger.print("%d pods, four producers with keys, four without:".formatted(PODS));
        ledger.expectNothingLostAndAllInOrder();
        System.out.printf("names %d, known again %d, refused meanwhile %d%n", idsByName.size(), known, refused);
        assertThat(known).isGreaterThanOrEqualTo(idsByName.size());
    }

    /** It goes on by what it knew, with names that others have placed by then. */
    private void raiseWhileOneStandsStill() {
        GatewayProcess still = scenario.pods.get(PODS - 1);
        still.suspend();
        CompletableFuture<Void> over = CompletableFuture.runAsync(() -> {
            scenario.goOnFor(STILL);
            still.resume();
        });
        raise(16, () -> postNames(over.isDone() ? PODS : PODS - 1, "second"));
        over.join();
    }

    private void raise(int partitions, Runnable meanwhile) {
        CompletableFuture<String> raised =
                CompletableFuture.supplyAsync(() -> command("partitions", String.valueOf(partitions)));
        while (!raised.isDone()) {
            meanwhile.run();
        }
        assertThat(raised.join()).contains("%d partitions; %d of %d pods go by it".formatted(partitions, PODS, PODS));
    }

    private String command(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", scenario.pods.get(0).url()));
        new Cli(Map.of(), out, out).run(all);
        return said.toString(StandardCharsets.UTF_8);
    }

    /** To one of the first so many pods each. */
    private void postNames(int pods, String shop) {
        List<String> names =
                IntStream.range(0, NAMES).mapToObj(i -> "order-" + shop + i).toList();
        List<Future<JsonObject>> answers = names.stream()
                .map(name -> post(scenario.pods.get(scenario.chance.nextInt(pods)), name, "/" + shop))
                .toList();
        Scenario.get(Future.join(answers));
        for (int i = 0; i < NAMES; i++) {
            note(shop + names.get(i), answers.get(i).result());
        }
    }

    /** Nothing for a 503. */
    private Future<JsonObject> post(GatewayProcess pod, String name, String source) {
        JsonObject event = new JsonObject()
                .put("type", "order.made")
                .put("id", name)
                .put("source", source)
                .put("data", new JsonObject().put("number", -1));
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(pod.url() + "/v1/events")
                .putHeader("content-type", "application/json");
        // the body is asked for on the event loop that has it: later it is gone
        return scenario.client
                .request(options)
                .compose(request -> request.send(event.toBuffer()).compose(RaisedPartitionsChaosTest::read));
    }

    private static Future<JsonObject> read(HttpClientResponse response) {
        return response.body().map(body -> {
            boolean isLater = response.statusCode() == 503 && response.getHeader("retry-after") != null;
            assertThat(isLater || response.statusCode() == 202)
                    .as("%d: %s", response.statusCode(), body)
                    .isTrue();
            return isLater ? new JsonObject() : body.toJsonObject();
        });
    }

    /** A name has one id, whichever pod is asked, and when. */
    private void note(String name, JsonObject answer) {
        String id = answer.getString("id");
        if (id == null) {
            refused++;
            return;
        }
        String first = idsByName.putIfAbsent(name, id);
        assertThat(id).as(name).isEqualTo(first == null ? id : first);
        known += answer.getBoolean("duplicate", false) ? 1 : 0;
    }

    private void expectAllDelivered() {
        Receiver.Inbox inbox = scenario.receiver.inbox("one");
        await().atMost(Scenario.CATCHING_UP)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> inbox.taken.keySet().containsAll(idsByName.values())
                        && inbox.taken.keySet().containsAll(free.accepted.values()));
        assertThat(inbox.idsByNumber.get(-1)).hasSize(idsByName.size());
    }
}
