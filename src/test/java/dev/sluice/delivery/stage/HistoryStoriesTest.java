package dev.sluice.delivery.stage;

import static dev.sluice.testing.ScriptedSender.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bus.Bus;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.history.Report;
import dev.sluice.delivery.history.Standing;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.Split;
import dev.sluice.subscription.Pacing.Coalesce;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Loop;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can be seen afterwards of what the lanes did, told on manual time. */
class HistoryStoriesTest {
    /** Longer than the recorder collects. */
    private static final Duration WRITTEN = Duration.ofMillis(500);

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Bus BUS = new Bus(LOOP.vertx());
    private static int worlds;

    private World world;
    private Webhook webhook;

    @BeforeEach
    void begin() {
        world = new World(LOOP, BUS, "settled.history." + worlds++, 0.5);
        webhook = world.save(Webhooks.webhook("wh_1", "**"));
    }

    /** Oldest first. */
    private List<AttemptRecord> attempts() {
        List<AttemptRecord> newestFirst =
                world.log.list("wh_1", any -> true, null, 1000).result().attempts();
        List<AttemptRecord> attempts = new ArrayList<>(newestFirst);
        Collections.reverse(attempts);
        return attempts;
    }

    private List<Fate> fates() {
        return attempts().stream().map(AttemptRecord::fate).toList();
    }

    private Standing standing() {
        return world.log.standings(List.of("wh_1")).result().get(0).orElseThrow();
    }

    @Test
    void whatIsKeptOfAnAttemptSaysWhereItsTimeWent() {
        Split kept = new Split(Split.NONE, Split.NONE, Split.NONE, 3, 0);
        Split made = new Split(1, 2, 3, 4, 5);
        Duration took = Duration.ofMillis(15);
        world.endpoints.script(
                "wh_1",
                attempt -> attempt.number() == 1
                        ? new Answer.Status(500, null, null, "no", took, null, false, made)
                        : new Answer.Status(200, null, null, "yes", took, null, false, kept));
        world.publish(webhook, 1, 2);
        world.advance(Duration.ofSeconds(30));
        assertThat(attempts()).extracting(attempt -> attempt.answer().split()).containsOnly(made, kept);
    }

    @Test
    void circuitOfAPodThatIsGoneIsClosedWhenAnotherDelivers() {
        Report.CircuitNews open = new Report.CircuitNews(Circuit.State.OPEN, "it failed");
        world.log.append(List.of(new Report(World.lane(webhook), List.of(), false, true, null, open)));
        assertThat(standing().circuit()).isEqualTo(Circuit.State.OPEN);
        world.publish(webhook, 1, 2);
        world.advance(WRITTEN);
        assertThat(standing().circuit()).isEqualTo(Circuit.State.CLOSED);
        assertThat(standing().circuitReason()).isEqualTo("the endpoint answers");
    }

    @Test
    void anotherTargetIsNotJudgedByTheFailuresOfTheFormer() {
        world.endpoints.answers("wh_1", 404);
        world.publish(webhook, 1, 2);
        world.advance(WRITTEN);
        assertThat(standing().failingSince()).isNotNull();
        world.change(Webhooks.moved(Webhooks.nextVersion(webhook), "http://elsewhere.example/"));
        world.advance(WRITTEN);
        assertThat(standing().failingSince()).isNull();
    }

    @Test
    void deliveryThatFailsAndIsDeliveredTellsBothAttempts() {
        world.endpoints.answers("wh_1", 404);
        world.publish(webhook, 1, 2);
        world.advance(WRITTEN);
        assertThat(standing().failingSince()).isNotNull();
        AttemptRecord failed = attempts().get(0);
        assertThat(Duration.between(failed.at(), failed.nextAt())).isEqualTo(Duration.ofSeconds(5));
        world.endpoints.answers("wh_1", 200);
        world.advance(Duration.ofSeconds(6));
        assertThat(fates()).containsExactly(Fate.RETRYING, Fate.DELIVERED);
        assertThat(attempts()).extracting(AttemptRecord::number).containsExactly(1, 2);
        assertThat(standing().failingSince()).isNull();
    }

    @Test
    void circuitTellsEachStateThatItComesTo() {
        world.endpoints.answers("wh_1", 500);
        world.publish(webhook, 0, 10);
        world.advance(WRITTEN);
        assertThat(standing().circuit()).isEqualTo(Circuit.State.OPEN);
        assertThat(standing().circuitReason()).isNotEmpty();
        world.endpoints.hangs("wh_1");
        world.advance(Duration.ofSeconds(6));
        assertThat(standing().circuit()).isEqualTo(Circuit.State.HALF_OPEN);
        world.endpoints.answers("wh_1", 200);
        world.endpoints.release(status(200));
        world.publish(webhook, 10, 60);
        world.advance(Duration.ofSeconds(10));
        assertThat(standing().circuit()).isEqualTo(Circuit.State.CLOSED);
    }

    @Test
    void deliveryThatDiesTellsWhatOfItAndThoseOfADeletedWebhookThatTheyWereCancelled() {
        world.endpoints.answers("wh_1", 410);
        world.publish(webhook, 1, 2);
        world.advance(WRITTEN);
        assertThat(fates()).containsExactly(Fate.DEAD);
        world.delete(webhook);
        world.publish(webhook, 2, 3);
        world.advance(WRITTEN);
        assertThat(fates()).containsExactly(Fate.DEAD, Fate.CANCELLED);
        assertThat(attempts().get(1).reason()).isEqualTo("the webhook was deleted");
    }

    @Test
    void burstTellsTheOnesThatWereNotSent() {
        Coalesce coalesce = new Coalesce(Coalesce.By.WEBHOOK, Duration.ofSeconds(2), Duration.ofSeconds(10));
        webhook = Webhooks.withCoalesce(Webhooks.nextVersion(webhook), coalesce);
        world.change(webhook);
        world.publish(webhook, 1, 4);
        world.advance(Duration.ofSeconds(4));
        assertThat(fates()).containsExactly(Fate.COALESCED, Fate.COALESCED, Fate.DELIVERED);
        assertThat(attempts()).extracting(AttemptRecord::deliveryId).doesNotHaveDuplicates();
    }
}
