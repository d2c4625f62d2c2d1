package dev.sluice.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.testing.InMemoryTail;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TailTest {
    private final InMemoryTail store = new InMemoryTail();
    private final ManualTimers timers = new ManualTimers(new ManualTicker());
    private final Tail tail = new Tail(store);

    @BeforeEach
    void start() {
        tail.start(new Retries(Faults.UNCOUNTED, timers));
    }

    @Test
    void isWantedWithinASecondOfSomebodyLookingAndNotLongAfter() {
        timers.advance(Tail.ASK_EVERY);
        assertThat(tail.isWanted()).isFalse();
        store.want();
        timers.advance(Tail.ASK_EVERY);
        assertThat(tail.isWanted()).isTrue();
        store.unwant();
        timers.advance(Tail.ASK_EVERY);
        assertThat(tail.isWanted()).isFalse();
    }

    @Test
    void tellsWhatHappenedInAQuarterOfASecondAtOnce() {
        tail.tell(line("a"));
        tail.tell(line("b"));
        assertThat(store.lines()).isEmpty();
        timers.advance(Tail.EVERY);
        assertThat(store.lines()).extracting(TailLine::type).containsExactly("a", "b");
        timers.advance(Tail.EVERY);
        assertThat(store.lines()).hasSize(2);
    }

    @Test
    void leavesOutWhatIsTooMuchAndSaysHowMuchThatWas() {
        for (int i = 0; i < Tail.MOST + 3; i++) {
            tail.tell(line("a"));
        }
        timers.advance(Tail.EVERY);
        TailLine last = store.lines().get(Tail.MOST);
        assertThat(store.lines()).hasSize(Tail.MOST + 1);
        assertThat(last.kind()).isEqualTo(TailLine.Kind.MISSED);
        assertThat(new JsonObject(last.json()).getInteger("lines")).isEqualTo(3);
    }

    private static TailLine line(String type) {
        return new TailLine(TailLine.Kind.EVENT, "default", null, type, "{}");
    }
}
