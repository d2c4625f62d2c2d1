package dev.sluice.delivery.redis;

import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.delivery.DeadLetter;
import dev.sluice.delivery.DeadLetters.Filter;
import dev.sluice.delivery.DeadLetters.Page;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Parking.Outcome;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.redis.RedisLink;
import dev.sluice.subscription.Homes;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisDeadLettersTest {
    private static final LaneKey ONE = new LaneKey("wh_1", "default");
    private static final LaneKey TWO = new LaneKey("wh_2", "default");
    private static final Filter ALL = new Filter("default", null, null, null, List.of());
    private static final Homes HOMES = new Homes(2, 1);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;
    private RedisParking parking;
    private RedisDeadLetters letters;

    @BeforeEach
    void open() {
        link = LOOP.get(
                () -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "letters")));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        parking = parking(Duration.ofDays(30));
        LOOP.until(() -> parking.write(ONE, List.of(), Duration.ZERO).map(true), written -> written);
        letters = new RedisDeadLetters(link, HOMES, DeliveryConfigs.config(Duration.ofMinutes(1), Duration.ofDays(30)));
    }

    private RedisParking parking(Duration retention) {
        return LOOP.get(() -> Future.succeededFuture(
                new RedisParking(link, HOMES, DeliveryConfigs.config(Duration.ofMinutes(1), retention))));
    }

    @AfterEach
    void close() {
        LOOP.get(() -> link.close());
    }

    private static Delivery failed(LaneKey lane, Event event) {
        return new Delivery(
                Delivery.id(event.id(), lane.webhookId()),
                event,
                lane.webhookId(),
                null,
                2,
                "{\"number\":1}\n{\"number\":2}\n",
                new Delivery.Origin.Journaled(0, 0, 0));
    }

    /** In one script, so all die in the same millisecond. */
    private List<String> bury(LaneKey lane, Event... events) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Event event : events) {
            outcomes.add(new Outcome.Bury(failed(lane, event), 1, "exhausted"));
        }
        LOOP.get(() -> parking.write(lane, outcomes, Duration.ZERO));
        return outcomes.stream().map(outcome -> outcome.delivery().id()).toList();
    }

    private static Event[] events(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> event(i)).toArray(Event[]::new);
    }

    private Page list(Filter filter, @Nullable String cursor, int limit) {
        return LOOP.get(() -> letters.list(filter, cursor, limit));
    }

    private List<String> idsOf(Page page) {
        return page.letters().stream().map(DeadLetter::id).toList();
    }

    private List<String> allPages(Filter filter, int limit) {
        List<String> ids = new ArrayList<>();
        Page page = list(filter, null, limit);
        ids.addAll(idsOf(page));
        while (page.cursor() != null) {
            page = list(filter, page.cursor(), limit);
            ids.addAll(idsOf(page));
        }
        return ids;
    }

    private List<Claimed> claim(LaneKey lane) {
        return LOOP.get(() -> parking.claim(lane, 1000)).deliveries();
    }

    private long[] counts(LaneKey lane) {
        return LOOP.get(() -> letters.counts(lane.webhookId()));
    }

    @Test
    void tellsEverythingAboutALetter() {
        String id = bury(ONE, event(1, "entry.create")).get(0);
        DeadLetter letter = LOOP.get(() -> letters.find(id)).orElseThrow();
        assertThat(letter)
                .isEqualTo(new DeadLetter(
                        id,
                        "wh_1",
                        "default",
                        "evt_00000001",
                        "entry.create",
                        2,
                        "exhausted",
                        letter.diedAt(),
                        "{\"number\":1}\n{\"number\":2}\n"));
        assertThat(list(ALL, null, 10).letters()).containsExactly(letter);
    }

    @Test
    void findsNeitherWhatIsParkedNorWhatIsNot() {
        Outcome park = new Outcome.Park(failed(ONE, event(1)), 1, Duration.ZERO);
        LOOP.get(() -> parking.write(ONE, List.of(park), Duration.ZERO));
        assertThat(LOOP.get(() -> letters.find(park.delivery().id()))).isEmpty();
        assertThat(LOOP.get(() -> letters.find("dlv_2_1"))).isEmpty();
        assertThat(LOOP.get(() -> letters.find("nonsense"))).isEmpty();
    }

    @Test
    void listsEachLetterOnceThoughManyDiedInOneMillisecond() {
        List<String> ids = bury(ONE, events(0, 450));
        List<String> others = bury(TWO, events(0, 7));
        assertThat(allPages(ALL, 64))
                .hasSize(457)
                .doesNotHaveDuplicates()
                .containsAll(ids)
                .containsAll(others);
    }

    @Test
    void goesOnAtTheRightLetterThoughThoseOfTheFormerPageAreGone() {
        bury(ONE, events(0, 10));
        Page first = list(ALL, null, 4);
        idsOf(first).forEach(id -> LOOP.get(() -> letters.purge(id)));
        Page second = list(ALL, first.cursor(), 100);
        assertThat(idsOf(second)).hasSize(6).doesNotContainAnyElementsOf(idsOf(first));
    }

    @Test
    void goesOnAtTheRightLetterThoughOnlyTheLastOfTheFormerPageIsGone() {
        bury(ONE, events(0, 10));
        Page first = list(ALL, null, 4);
        LOOP.get(() -> letters.retry(idsOf(first).get(3)));
        assertThat(idsOf(list(ALL, first.cursor(), 100))).hasSize(6).doesNotContainAnyElementsOf(idsOf(first));
    }

    @Test
    void refusesACursorOfSomebodyElse() {
        assertThatThrownBy(() -> list(ALL, "garbage", 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cursor: garbage (expected: one of ours)");
    }

    @Test
    void listsTheLettersOfOneWebhook() {
        bury(ONE, event(1));
        List<String> wanted = bury(TWO, event(2));
        assertThat(allPages(new Filter("default", "wh_2", null, null, List.of()), 10))
                .isEqualTo(wanted);
    }

    @Test
    void listsTheLettersOfSomeTypes() {
        List<String> created = bury(ONE, event(1, "entry.create"));
        bury(ONE, event(2, "media.create"));
        Filter entries = new Filter("default", null, null, null, List.of("entry.*"));
        assertThat(allPages(entries, 10)).isEqualTo(created);
    }

    @Test
    void listsTheLettersOfATime() {
        String id = bury(ONE, event(1)).get(0);
        Instant died = LOOP.get(() -> letters.find(id)).orElseThrow().diedAt();
        Filter from = new Filter("default", null, died, died.plusMillis(1), List.of());
        Filter before = new Filter("default", null, null, died, List.of());
        assertThat(allPages(from, 10)).containsExactly(id);
        assertThat(allPages(before, 10)).isEmpty();
    }

    @Test
    void showsATenantNothingOfAnother() {
        Event foreign = new Event(
                new EventId("evt_9"),
                Attributes.of("type", "a", "source", "s", "tenant", "acme"),
                Buffer.buffer("{}"),
                null);
        String id = bury(new LaneKey("wh_3", "acme"), foreign).get(0);
        bury(ONE, event(1));
        Filter acme = new Filter("acme", null, null, null, List.of());
        assertThat(allPages(acme, 10)).containsExactly(id);
        assertThat(allPages(ALL, 10)).doesNotContain(id);
        assertThat(allPages(new Filter("default", "wh_3", null, null, List.of()), 10))
                .isEmpty();
    }

    @Test
    void retriedLetterIsDueAtOnceAsIfNeverTriedButWithItsHistory() {
        String id = bury(ONE, event(1)).get(0);
        assertThat(LOOP.get(() -> letters.retry(id))).isTrue();
        assertThat(LOOP.get(() -> letters.find(id))).isEmpty();
        Claimed claimed = claim(ONE).get(0);
        assertThat(claimed.attempts()).isZero();
        assertThat(claimed.history()).startsWith("{\"number\":1}");
        assertThat(claimed.event()).isEqualTo(event(1));
        assertThat(LOOP.get(() -> letters.retry(id))).isFalse();
    }

    @Test
    void retriedLetterThatFailsAgainIsALetterAgain() {
        String id = bury(ONE, event(1)).get(0);
        LOOP.get(() -> letters.retry(id));
        Claimed claimed = claim(ONE).get(0);
        Delivery again = new Delivery(
                id, claimed.event(), "wh_1", null, 1, "again", new Delivery.Origin.Parked(claimed.place()));
        LOOP.get(() -> parking.write(ONE, List.of(new Outcome.Bury(again, 0, "gone")), Duration.ZERO));
        assertThat(LOOP.get(() -> letters.find(id)).orElseThrow().lastOutcome()).isEqualTo("gone");
    }

    @Test
    void purgedLetterLeavesNothingBehind() {
        String id = bury(ONE, event(1)).get(0);
        assertThat(LOOP.get(() -> letters.purge(id))).isTrue();
        assertThat(LOOP.get(() -> letters.purge(id))).isFalse();
        assertThat(REDIS.command("DBSIZE")).isEqualTo(":0");
    }

    @Test
    void retriesAllLettersOfAFilterAndNoOthers() {
        for (int i = 0; i < 500; i += 2) {
            bury(ONE, event(i, "entry.create"), event(i + 1, "media.create"));
        }
        Filter entries = new Filter("default", null, null, null, List.of("entry.*"));
        assertThat(LOOP.get(() -> letters.retry(entries))).isEqualTo(250);
        assertThat(claim(ONE))
                .hasSize(250)
                .allMatch(claimed -> claimed.event().type().equals("entry.create"));
        assertThat(allPages(ALL, 100)).hasSize(250);
    }

    @Test
    void purgesAllLettersOfAFilterAndNoOthers() {
        bury(ONE, events(0, 450));
        List<String> kept = bury(TWO, events(0, 3));
        assertThat(LOOP.get(() -> letters.purge(new Filter("default", "wh_1", null, null, List.of()))))
                .isEqualTo(450);
        assertThat(allPages(ALL, 100)).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void countsWhatIsParkedAndWhatIsDead() {
        bury(ONE, events(0, 3));
        LOOP.get(() ->
                parking.write(ONE, List.of(new Outcome.Park(failed(ONE, event(9)), 1, Duration.ZERO)), Duration.ZERO));
        assertThat(counts(ONE)).containsExactly(1, 3);
        assertThat(counts(TWO)).containsExactly(0, 0);
    }

    @Test
    void forgetsLettersWhenTheirTimeIsUp() {
        parking = parking(Duration.ofMillis(30));
        String id = bury(ONE, event(1)).get(0);
        LOOP.until(() -> letters.find(id), Optional::isEmpty);
        LOOP.until(() -> letters.counts("wh_1"), counts -> counts[1] == 0);
        assertThat(allPages(ALL, 10)).isEmpty();
        bury(TWO, event(2));
        LOOP.until(() -> letters.counts("wh_2"), counts -> counts[1] == 0);
    }
}
