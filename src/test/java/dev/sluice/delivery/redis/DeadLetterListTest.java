package dev.sluice.delivery.redis;

import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.delivery.DeadLetters.Filter;
import dev.sluice.delivery.DeadLetters.Page;
import dev.sluice.delivery.LaneKey;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterListTest extends RedisDeadLettersHarness {
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
}
