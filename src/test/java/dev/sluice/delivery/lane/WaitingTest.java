package dev.sluice.delivery.lane;

import static dev.sluice.testing.NumberedEvents.event;
import static dev.sluice.testing.NumberedEvents.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Delivery.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitingTest {
    private final Waiting waiting = new Waiting();
    private int next;

    private Delivery add(String key) {
        int number = next++;
        Delivery delivery =
                new Delivery("dlv_" + number, event(number), "wh_1", key, 0, "", new Origin.Journaled(0, number, 1));
        waiting.add(delivery);
        return delivery;
    }

    private static List<Integer> numbers(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> number(delivery.event())).toList();
    }

    @Test
    void whatReplacesAnotherStandsInItsPlace() {
        add("a");
        Delivery second = add("a");
        Delivery third = add(null);
        Delivery anew = second.kept(0);
        waiting.replace(anew);
        waiting.replace(third.kept(0));
        assertThat(waiting.size()).isEqualTo(3);
        List<Delivery> all = waiting.takeAll();
        assertThat(numbers(all)).containsExactly(0, 2, 1);
        assertThat(all.stream().map(Delivery::isParked)).containsExactly(false, true, true);
        assertThat(waiting.size()).isZero();
    }

    @Test
    void keyThatHasStartedIsTakenUntilItEnds() {
        Delivery first = add("a");
        Delivery second = add("a");
        assertThat(waiting.poll()).isSameAs(first);
        assertThat(waiting.poll()).isNull();
        waiting.ended(first);
        assertThat(waiting.poll()).isSameAs(second);
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void takesTheYoungestButKeysWhole() {
        add("a");
        add(null);
        add("a");
        add(null);
        assertThat(numbers(waiting.takeLast())).containsExactly(3);
        assertThat(numbers(waiting.takeLast())).containsExactly(1);
        assertThat(numbers(waiting.takeLast())).containsExactly(0, 2);
        assertThat(waiting.size()).isZero();
    }

    @Test
    void keyThatWasTakenOutWhileItsFirstIsUnderWayIsFreeWhenThatEnds() {
        Delivery first = add("a");
        add("a");
        waiting.poll();
        assertThat(numbers(waiting.takeKey("a"))).containsExactly(1);
        Delivery later = add("a");
        assertThat(waiting.poll()).isNull();
        waiting.ended(first);
        assertThat(waiting.poll()).isSameAs(later);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverHasTwoOfAKeyUnderWayNorOutOfTheirOrderWhateverHappens(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] keys = {"a", "b", "c", null};
        List<Delivery> started = new ArrayList<>();
        Map<String, Integer> last = new HashMap<>();
        Set<Integer> gone = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> add(keys[random.nextInt(keys.length)]);
                case 2 -> {
                    Delivery delivery = waiting.poll();
                    if (delivery != null) {
                        if (delivery.key() != null) {
                            assertThat(started)
                                    .noneMatch(other -> delivery.key().equals(other.key()));
                            assertThat(number(delivery.event())).isGreaterThan(last.getOrDefault(delivery.key(), -1));
                            last.put(delivery.key(), number(delivery.event()));
                        }
                        started.add(delivery);
                    }
                }
                case 3 -> {
                    if (!started.isEmpty()) {
                        Delivery ended = started.remove(random.nextInt(started.size()));
                        waiting.ended(ended);
                        gone.add(number(ended.event()));
                    }
                }
                default -> {
                    List<Delivery> taken = random.nextInt(20) == 0
                            ? waiting.takeAll()
                            : waiting.isEmpty() ? List.<Delivery>of() : waiting.takeLast();
                    taken.forEach(one -> gone.add(number(one.event())));
                }
            }
            assertThat(waiting.stream().count()).isEqualTo(waiting.size());
            assertThat(gone.size() + started.size() + waiting.size()).isEqualTo(next);
        }
    }

    @Test
    void whatReplacesOneOfManyMovesNoOther() {
        add(null);
        Delivery second = add("a");
        add(null);
        Delivery behind = add("a");
        add("a");
        waiting.replace(second.kept(0));
        waiting.replace(behind.kept(0));
        List<Delivery> all = waiting.takeAll();
        assertThat(numbers(all)).containsExactly(0, 1, 2, 3, 4);
        assertThat(all.stream().map(Delivery::isParked)).containsExactly(false, true, false, true, false);
    }

    @Test
    void keysAreFreeWhenAllWasTakenOut() {
        add("a");
        add("a");
        add("b");
        assertThat(numbers(waiting.takeAll())).containsExactly(0, 2, 1);
        Delivery next = add("a");
        assertThat(waiting.poll()).isSameAs(next);
    }
}
