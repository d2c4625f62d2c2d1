package dev.sluice.fanout;

import static dev.sluice.fanout.FakeReader.entry;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.FanoutConfig;
import dev.sluice.journal.Entry;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CreditTest {
    private static final Entry EVENT = entry(event(1));

    private final Credit credit = new Credit(new FanoutConfig(6_400, 1L << 30));

    private void read(int events, int deliveriesOfEach) {
        credit.take(IntStream.range(0, events).mapToObj(i -> EVENT).toList());
        IntStream.range(0, events).forEach(i -> credit.placed(deliveriesOfEach));
    }

    private void settle(int events, int deliveriesOfEach) {
        for (int i = 0; i < events; i++) {
            IntStream.range(0, deliveriesOfEach).forEach(j -> credit.settled());
            credit.giveBack(EVENT, 0);
        }
    }

    @Test
    void asksForFewEventsUntilItKnowsWhatTheyAreLike() {
        assertThat(credit.free()).isEqualTo(64);
    }

    @Test
    void learnsThatEventsHaveOneDeliveryEach() {
        for (int i = 0; i < 10; i++) {
            read(10, 1);
            settle(10, 1);
        }
        credit.take(List.of(EVENT));
        assertThat(credit.free()).isEqualTo(6_399);
    }

    @Test
    void learnsThatNobodyWantsAnyOfThem() {
        for (int i = 0; i < 10; i++) {
            read(10, 0);
            settle(10, 0);
        }
        credit.take(List.of(EVENT));
        assertThat(credit.free()).isEqualTo(6_399);
    }

    @Test
    void asksForFewerEventsTheMoreDeliveriesEachHas() {
        read(16, 200);
        settle(16, 200);
        credit.take(List.of(EVENT));
        assertThat(credit.free()).as("6 399 / 200").isEqualTo(31);
    }

    @Test
    void holdsADeliveryUntilItIsSettledAndNotTheWholeEventUntilItsLastIs() {
        read(32, 200);
        assertThat(credit.free()).isZero();
        IntStream.range(0, 200).forEach(i -> credit.settled());
        assertThat(credit.free()).isPositive();
    }

    @Test
    void asksForAnEventThatIsLargerThanTheWindowOnceTheWindowIsEmpty() {
        read(1, 10_000);
        assertThat(credit.free()).isZero();
        settle(1, 10_000);
        credit.take(List.of(EVENT));
        credit.giveBack(EVENT, 1);
        assertThat(credit.free()).isOne();
    }

    @Test
    void getsBackWhatNobodyWantsAndWhatIsLostHalfWay() {
        credit.take(List.of(EVENT));
        credit.giveBack(EVENT, 1);
        read(1, 6_400);
        credit.settled();
        credit.giveBack(EVENT, 6_399);
        for (int i = 0; i < 20; i++) {
            read(1, 1);
            settle(1, 1);
        }
        credit.take(List.of(EVENT));
        assertThat(credit.free()).isEqualTo(6_399);
    }

    private static Entry large(int bytes) {
        return entry(event(1, "large", Buffer.buffer(new byte[bytes])));
    }

    @Test
    void asksForFewerEventsTheLargerTheyAreAndSaysHowManyBytesAreFree() {
        Credit narrow = new Credit(new FanoutConfig(6_400, 10_000_000));
        Entry large = large(1_000_000);
        narrow.take(List.of(large, large));
        assertThat(narrow.free()).isEqualTo(7);
        assertThat(narrow.freeBytes()).isEqualTo(10_000_000 - 2L * large.event().bytes());
    }

    @Test
    void asksForNothingWhileItsBytesAreTakenThoughItsNumberIsFree() {
        Credit narrow = new Credit(new FanoutConfig(6_400, 2_000_000));
        Entry large = large(5_000_000);
        narrow.take(List.of(large));
        assertThat(narrow.free()).isZero();
        assertThat(narrow.freeBytes()).isZero();
        narrow.giveBack(large, 1);
        assertThat(narrow.freeBytes()).isEqualTo(2_000_000);
        assertThat(narrow.free()).isOne();
    }

    @Test
    void countsTheBytesOfAttributes() {
        assertThat(EVENT.event().bytes()).isGreaterThan(EVENT.event().data().length());
        credit.take(List.of(EVENT));
        assertThat(credit.freeBytes()).isEqualTo((1L << 30) - EVENT.event().bytes());
    }
}
