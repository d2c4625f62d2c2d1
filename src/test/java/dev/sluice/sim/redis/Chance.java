package dev.sluice.sim.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What calls of scripts are made of by chance. */
final class Chance {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

    private final SplittableRandom random;
    private final long began;

    Chance(long seed, long began) {
        this.random = new SplittableRandom(seed);
        this.began = began;
    }

    int below(int end) {
        return random.nextInt(end);
    }

    String pick(String... some) {
        return some[random.nextInt(some.length)];
    }

    /** Each separated by blanks, one of them as it is. */
    static List<String> words(Object... words) {
        List<String> all = new ArrayList<>();
        for (Object word : words) {
            if (word instanceof List<?> list) {
                list.forEach(each -> all.add(String.valueOf(each)));
            } else {
                all.add(String.valueOf(word));
            }
        }
        return all;
    }

    /** Of one of eight deliveries, which begins with when its event was accepted: a little ago, or long. */
    String delivery() {
        int number = random.nextInt(8);
        return "dlv_" + digits(began - number * 1000L - (number == 7 ? 86_400_000L : 0)) + "0123456789abc_" + number
                + "xyz";
    }

    List<String> deliveries() {
        return List.of(delivery(), delivery());
    }

    private static String digits(long number) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            all.insert(0, DIGITS.charAt((int) (number & 31)));
            number >>= 5;
        }
        return all.toString();
    }

    /** Now, or so late that no test sees it. */
    String delay() {
        return pick("0", "900000", "1800000");
    }

    String life() {
        return pick("", "pod-a", "pod-b", "pod-c");
    }
}
