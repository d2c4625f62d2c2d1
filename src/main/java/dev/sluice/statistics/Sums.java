package dev.sluice.statistics;

import dev.sluice.delivery.Fate;
import dev.sluice.delivery.policy.Answer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What happened in one span of time, by the names that the package comment has. Confined. */
public final class Sums {
    public static final String DELIVERED = "d";
    public static final String FAILED = "f";
    public static final String REFUSED = "r";
    public static final String DEAD = "x";
    public static final String ACCEPTED = "i";
    /** In front of a status: {@code s204}. */
    public static final String STATUS = "s";
    /** In front of what kept the endpoint from answering. */
    public static final String ERROR = "e";
    /** In front of the number of an attempt, up to {@link #MOST_ATTEMPTS}, which stands for those after it, too. */
    public static final String NUMBER = "n";

    private static final String TOOK = "t";
    private static final String AGE = "a";
    private static final int MOST_ATTEMPTS = 10;
    private static final int MOST_STATUS = 599;

    private static final String[] STATUSES = names(STATUS, MOST_STATUS);
    private static final String[] NUMBERS = names(NUMBER, MOST_ATTEMPTS);
    private static final String[] LENGTHS = names(TOOK, Scale.STEPS - 1);
    private static final String[] AGES = names(AGE, Scale.STEPS - 1);
    private static final Map<Answer.Kind, String> ERRORS = new EnumMap<>(Answer.Kind.class);

    static {
        Stream.of(Answer.Kind.values())
                .forEach(kind -> ERRORS.put(kind, ERROR + kind.name().toLowerCase(Locale.ROOT)));
    }

    private final Map<String, Long> counts = new HashMap<>();

    private static String[] names(String kind, int last) {
        return IntStream.rangeClosed(0, last).mapToObj(i -> kind + i).toArray(String[]::new);
    }

    public Sums add(String name, long count) {
        counts.merge(name, count, Long::sum);
        return this;
    }

    public Sums add(Sums other) {
        other.counts.forEach(this::add);
        return this;
    }

    /** @param age since the event was accepted, in ms; negative: not known, or not delivered */
    void attempted(int number, Answer answer, Fate fate, long age) {
        ended(fate);
        add(NUMBERS[Math.min(Math.max(number, 0), MOST_ATTEMPTS)], 1);
        add(LENGTHS[Scale.stepOf(answer.took().toMillis())], 1);
        if (answer instanceof Answer.Status status) {
            add(STATUSES[status.code() < 0 || status.code() > MOST_STATUS ? 0 : status.code()], 1);
        } else if (answer instanceof Answer.Failure failure) {
            add(ERRORS.getOrDefault(failure.kind(), ERROR), 1);
        }
        if (age >= 0) {
            add(AGES[Scale.stepOf(age)], 1);
        }
    }

    void ended(Fate fate) {
        switch (fate) {
            case DELIVERED -> add(DELIVERED, 1);
            case RETRYING -> add(FAILED, 1);
            case REFUSED -> add(REFUSED, 1);
            case DEAD -> add(DEAD, 1);
            case COALESCED, CANCELLED -> {} // nothing was sent, and nobody waits for it
        }
    }

    public long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Those whose names begin so, by what follows. */
    public Map<String, Long> by(String kind) {
        Map<String, Long> found = new TreeMap<>();
        each((name, count) -> {
            if (name.startsWith(kind) && name.length() > kind.length()) {
                found.put(name.substring(kind.length()), count);
            }
        });
        return found;
    }

    public void each(BiConsumer<String, Long> told) {
        counts.forEach(told);
    }

    public long attempts() {
        return by(NUMBER).values().stream().mapToLong(Long::longValue).sum();
    }

    /** How long attempts took, in ms; -1 where there were none. */
    public long took(double share) {
        return Scale.percentile(steps(LENGTHS), share);
    }

    /** How old events were when they were delivered, in ms; -1 where none was. */
    public long age(double share) {
        return Scale.percentile(steps(AGES), share);
    }

    private long[] steps(String[] names) {
        return Stream.of(names).mapToLong(this::of).toArray();
    }
}
