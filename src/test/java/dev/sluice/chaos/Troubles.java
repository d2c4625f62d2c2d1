package dev.sluice.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Which trouble comes next: each once, in an order of chance, then all again in another. Some come two at a time. */
final class Troubles {
    private static final double TWO_AT_A_TIME = 0.25;

    /** Those alone whose names match; to look at one of them. */
    private static final Pattern ONLY = Pattern.compile(System.getProperty("faults.only", ".*"));

    private final Random chance;
    private final List<Supplier<Trouble>> kinds = new ArrayList<>();
    private final Deque<Trouble> next = new ArrayDeque<>();

    Troubles(Random chance) {
        this.chance = chance;
    }

    /** @param kind asks chance for whom it meets */
    void add(Supplier<Trouble> kind) {
        kinds.add(kind);
    }

    /** One, or two that go with each other. */
    List<Trouble> next() {
        Trouble first = draw();
        if (chance.nextDouble() >= TWO_AT_A_TIME) {
            return List.of(first);
        }
        Trouble second = draw();
        if (first.goesWith(second)) {
            return List.of(first, second);
        }
        next.push(second);
        return List.of(first);
    }

    private Trouble draw() {
        if (next.isEmpty()) {
            List<Supplier<Trouble>> order = new ArrayList<>(kinds);
            Collections.shuffle(order, chance);
            order.stream()
                    .map(Supplier::get)
                    .filter(trouble -> ONLY.matcher(trouble.name()).matches())
                    .forEach(next::add);
        }
        return next.pop();
    }

    /** Rather short. */
    Duration between(Duration least, Duration most) {
        double share = chance.nextDouble() * chance.nextDouble();
        return least.plusMillis((long) (share * most.minus(least).toMillis()));
    }

    <T> T any(List<T> all) {
        return all.get(chance.nextInt(all.size()));
    }
}
